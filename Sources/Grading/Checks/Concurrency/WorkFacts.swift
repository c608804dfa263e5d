import Sandboxing

/// What the workers of a stretched run did after the gate: how long they worked, how much of it at the same time.
///
/// A stretched run lets all of them go at once, so those that can work at the same time do. A worker that could run but
/// had no CPU counts as running: a busy machine changes nothing. What is seen at looks some milliseconds apart is exact
/// enough for shares of a time that is much longer, and for nothing else.
struct WorkFacts {
  /// The threads and processes that came to the gate, in the order in which they began.
  let workers: [TaskLife]
  /// The program's own first task.
  let main: TaskLife?
  /// What those did on a CPU, in nanoseconds, that came to no gate.
  let ungated: Int64
  /// How many came to the gate and were never let through: they were ended, or the program was, while it computed.
  let keptCount: Int
  /// Nanoseconds in which at least one worker ran, and in which at least two did.
  private(set) var running = Overlap()
  /// The same for workers that did anything but wait for another task of the program.
  private(set) var active = Overlap()

  /// Less than this is too short to say anything of, in nanoseconds.
  static let shortest: Int64 = 20_000_000

  /// How long workers did something, and how much of it at the same time.
  struct Overlap {
    /// How long at least one did it, and how long at least two.
    var any: Int64 = 0
    var two: Int64 = 0
    /// How long they did it, one added to the other, and how long the one that did it most.
    var total: Int64 = 0
    var most: Int64 = 0

    /// How much of it overlaps: 0 where they take turns, 1 where all others lie within the longest or two always do it.
    var share: Double {
      guard any > 0, total > most else { return 0 }
      return max(Double(total - any) / Double(total - most), Double(two) / Double(any))
    }
    /// Whether one did nearly everything, so that there is nothing to overlap.
    var isOneAlone: Bool { (total - most) * 10 < any }
    /// What shows how much overlaps.
    var evidence: String { "\(Milliseconds(total)) of it, one added to the other, took \(Milliseconds(any))" }
  }

  /// Looks at a stretched run.
  init(_ result: ExecutionResult) {
    let lives = TaskLife.all(of: result)
    main = lives.first
    let others = lives.filter { $0.task != lives.first?.task }
    workers = others.filter { $0.released != nil }
    let (kept, strangers) = others.filter { $0.released == nil }.reduce((0, Int64(0))) { sum, life in
      life.wasHeld ? (sum.0 + 1, sum.1) : (sum.0, sum.1 + life.account.runTime)
    }
    (keptCount, ungated) = (kept, strangers)
    running = overlap { $0 == .running }
    active = overlap(of: \.isActive)
  }

  /// Sweeps over all changes of all workers in the order of time.
  private func overlap(of does: (TaskState) -> Bool) -> Overlap {
    var changes: [(time: Int64, change: Int)] = []
    var overlap = Overlap()
    for worker in workers {
      guard let released = worker.released else { continue }
      var own: Int64 = 0
      for piece in worker.pieces where does(piece.state) && piece.to > released {
        let from = max(piece.from, released)
        changes += [(from, 1), (piece.to, -1)]
        own += piece.to - from
      }
      overlap.total += own
      overlap.most = max(overlap.most, own)
    }
    var (count, last) = (0, Int64(0))
    for (time, change) in changes.sorted(by: { ($0.time, $0.change) < ($1.time, $1.change) }) {
      if count > 0 { overlap.any += time - last }
      if count > 1 { overlap.two += time - last }
      (count, last) = (count + change, time)
    }
    return overlap
  }

  /// The most that one worker worked, in nanoseconds on a CPU.
  var mostWork: Int64 { workers.map(\.work).max() ?? 0 }

  /// How many worked at least a tenth of what the busiest did, or had something to do for as long but no CPU to do it.
  var busyWorkers: Int {
    let mostWanted = Double(workers.map(\.wanted).max() ?? 0)
    return workers.count { $0.work * 10 >= mostWork || Double($0.wanted) * Self.asLong >= mostWanted }
  }

  /// Workers had something to do for as long as each other when the times differ by no more than this factor.
  private static let asLong = 1.5

  /// The largest share of the work by the smallest.
  ///
  /// Where work is handed out as it is asked for, a worker that gets no CPU does little of it, but has something to do for
  /// as long as the others: then these times count.
  var imbalance: Double {
    let (byWork, byTime) = (Self.ratio(workers.map(\.work)), Self.ratio(workers.map(\.wanted)))
    return byTime <= Self.asLong ? min(byWork, byTime) : byWork
  }

  private static func ratio(_ shares: [Int64]) -> Double {
    Double(shares.max() ?? 0) / Double(max(1, shares.min() ?? 0))
  }

  /// How long a machine that is busy with others kept the workers waiting for a CPU, by how long they had one.
  var starvation: Double {
    let (ran, waited) = workers.reduce((0, 0)) { ($0.0 + $1.account.runTime, $0.1 + ($1.account.runDelay ?? 0)) }
    return Double(waited) / Double(max(1, ran))
  }

  /// The longest mean time that a worker ran from one wait to the next, in nanoseconds.
  var longestTurn: Int64 {
    workers.map { $0.account.runTime / Int64($0.account.voluntarySwitches + 1) }.max() ?? 0
  }

  /// Whether each had ended before the next began, as when `start()` and `join()` stand in one loop.
  ///
  /// Python's `join()` returns when a thread has run, a little before the kernel has ended it.
  var areInTurn: Bool {
    workers.count > 1
      && zip(workers, workers.dropFirst()).allSatisfy {
        $0.end - $1.account.began <= ($0.end - $0.account.began) / 10
      }
  }

  /// Whether all workers are processes.
  var areProcesses: Bool { workers.allSatisfy(\.task.isMainThread) }
}

extension TaskLife {
  /// How long it ran or could have run after the gate, in nanoseconds: by the kernel's account, or as it was seen where the
  /// kernel keeps none or the machine was too busy to look.
  fileprivate var wanted: Int64 {
    guard let released else { return 0 }
    let seen = pieces.reduce(0) { total, piece in
      piece.state == .running && piece.to > released ? total + piece.to - max(piece.from, released) : total
    }
    return max(seen, work + (account.runDelay ?? 0))
  }
}

extension TaskState {
  /// Whether it does anything but wait for another task of its program; sleeping, as work is often acted, counts.
  fileprivate var isActive: Bool {
    switch self {
    case .running, .sleeping, .waiting(_, _, isEndless: false): true
    case .stopped, .held, .waiting(_, _, isEndless: true): false
    }
  }
}
