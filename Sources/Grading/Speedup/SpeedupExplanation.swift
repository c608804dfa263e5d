import Foundation

/// Why a program is not faster, as far as the evidence goes.
struct SpeedupExplanation {
  private let measurement: SpeedupMeasurement
  private let facts: SpeedupFacts?
  private let speedup: Double

  init(_ measurement: SpeedupMeasurement) {
    self.measurement = measurement
    facts = measurement.facts
    speedup = measurement.judgedEvidence.estimate ?? 1
  }

  /// The cause where one is evident, then what the formula of Karp and Flatt says.
  var sentences: [String] {
    let cause = facts.flatMap { measurement.plan.kind == .cpu ? cpuCause($0) : ioCause($0) }
    return [cause, serialFraction].compactMap(\.self)
  }

  /// The part e of the work that was not parallel, from the speedup s with n workers: e = (1/s - 1/n) / (1 - 1/n).
  ///
  /// Karp and Flatt, "Measuring parallel processor performance", CACM 33 (1990); with it Amdahl's law gives 1/e as the most
  /// that any number of workers could reach.
  /// On CPUs that give less than they ideally would, n is what they give.
  static func serialFraction(speedup: Double, workers: Double) -> Double? {
    guard workers > 1, speedup > 0 else { return nil }
    let share = 1 / workers
    return min(1, max(0, (1 / speedup - share) / (1 - share)))
  }

  private var serialFraction: String? {
    var bound = Double(measurement.judged.workers)
    if measurement.plan.kind == .cpu { bound = min(bound, measurement.given ?? Double(max(1, measurement.cpus.count))) }
    guard let fraction = Self.serialFraction(speedup: speedup, workers: bound) else { return nil }
    let percent = Int((fraction * 100).rounded())
    if percent >= 97 { return "As good as all of the work was done one piece after the other." }
    let most = String(format: "%.1f", 1 / fraction)
    return percent < 1
      ? nil
      : "\(percent) % of the work was done one piece after the other (Karp-Flatt metric); with so much of it, no number of "
        + "workers could be more than \(most) times as fast (Amdahl's law)."
  }

  private func cpuCause(_ facts: SpeedupFacts) -> String? {
    // What waited for a CPU would have used it: a busy machine is no reason of the program's.
    let used = (facts.cpu + facts.delay) / max(facts.wall, 1e-6)
    let extra = extraCPU(facts)
    let (threads, processes) = (facts.threads ?? 0, facts.processes ?? 0)
    if facts.threads != nil, facts.processes != nil, threads + processes == 0 {
      return "Everything was done by the main thread: no other thread or process was started."
    }
    // First of all: threads that take turns wait often, which says nothing of their pieces.
    if measurement.hasGlobalLock, processes == 0, threads > 0, facts.cpu < 1.3 * facts.wall {
      return "Threads can't speed this up under Python's global lock (GIL): \(number(speedup)) times is what "
        + "\(threads) of them give. Use processes."
    }
    if extra > 1.3, processes > 0, let bytes = facts.movedBytes, Double(bytes) > Self.muchData * facts.cpu {
      return data(extra: extra, bytes: bytes)
    }
    if extra > 1.3, let waits = facts.waits, Double(waits) > 500 * facts.wall {
      return chunks(extra: extra, waits: waits, facts)
    }
    if used > 1.5, extra > 1.3 {
      return
        "\(number(min(used, Double(max(2, measurement.cpus.count))))) CPUs were busy, but with \(number(extra)) times the "
        + "CPU time that the same work took without parallelism: the rest was work done more than once, or none at all, "
        + "such as waiting in a loop."
    }
    return byMain(facts) ?? inTurn(facts) ?? shares(facts) ?? serialised(facts, used: used)
  }

  /// How many times the CPU time of the baseline the variant took, by the middle of the runs.
  ///
  /// One pair does not tell: on a core whose other hyperthread is busy the same work takes half as much CPU time again.
  private func extraCPU(_ facts: SpeedupFacts) -> Double {
    let middle = { (side: SpeedupMeasurement.Side) in
      measurement.runs.filter { $0.scenario == side.scenario }.map(\.cpu).median
    }
    let (baseline, variant) = (middle(measurement.baseline), middle(measurement.judged))
    return baseline > 0 && variant > 0 ? variant / baseline : facts.cpu / max(facts.baselineCPU, 1e-6)
  }

  /// Bytes for each second of CPU time, going in and coming out, from which handing over is the reason.
  ///
  /// Packing and unpacking so much takes a good part of the time, whatever the data. On a busy machine elapsed time says less.
  private static let muchData = 30e6

  private func data(extra: Double, bytes: Int) -> String {
    "Handing data over costs more than it saves: \(bytes / 2_000_000) MB went through pipes between its processes, packed "
      + "and unpacked each time, and the CPU time was \(number(extra)) times that of the baseline. Send less: have each worker "
      + "make its part of the data itself, from its beginning and end."
  }

  private func chunks(extra: Double, waits: Int, _ facts: SpeedupFacts) -> String {
    let moved = facts.moves.map { moves in
      let each = (facts.movedBytes ?? 0) / max(1, moves)
      return ", \(moves) reads and writes moved some \(each) bytes each between its processes"
    }
    return "The pieces of work are so small that handing them over costs more than doing them: the CPU time was "
      + "\(number(extra)) times that of the baseline\(moved ?? ""), and its tasks waited \(waits) times. Give each worker "
      + "larger chunks."
  }

  /// The CPU seconds of those tasks that did at least a hundredth of what all beside the first did: pools also have threads
  /// that only pass things on.
  private func workers(_ facts: SpeedupFacts) -> [Double] {
    let total = facts.workerCPU.reduce(0, +)
    return facts.workerCPU.filter { $0 >= 0.01 * total }
  }

  private func byMain(_ facts: SpeedupFacts) -> String? {
    guard !facts.workerCPU.isEmpty, facts.workerCPU.reduce(0, +) < 0.2 * facts.cpu else { return nil }
    return "The main thread did the work itself; the threads and processes that it started did next to nothing."
  }

  private func inTurn(_ facts: SpeedupFacts) -> String? {
    guard workers(facts).count > 1, let together = facts.together, together < 1.3 else { return nil }
    return "Each thread or process was started when the one before had ended, so they never worked at the same time."
  }

  /// Whether one worker did nearly all.
  private func shares(_ facts: SpeedupFacts) -> String? {
    let workers = workers(facts)
    let total = workers.reduce(0, +)
    guard let largest = workers.first, total > 0.3 * facts.cpu else { return nil }
    let percent = Int((100 * largest / total).rounded())
    guard percent >= 75 else { return nil }
    // Beside processes, threads only pass things on.
    let (threads, processes) = (facts.threads ?? 0, facts.processes ?? 0)
    return (processes > 0 ? processes : threads) == 1
      ? "There was only one worker that did anything."
      : "One worker did \(percent) % of the work: the parts differ that much, or a lock kept the others from theirs."
  }

  private func serialised(_ facts: SpeedupFacts, used: Double) -> String? {
    let count = workers(facts).count
    guard count > 1, used < 1.25 else { return nil }
    return
      "\(count) threads or processes shared the work, but only \(number(used)) CPUs were busy: they waited for each "
      + "other, as one lock held during the work makes them do."
  }

  private func ioCause(_ facts: SpeedupFacts) -> String? {
    if facts.threads != nil, facts.processes != nil, (facts.threads ?? 0) + (facts.processes ?? 0) == 0 {
      return "Everything was waited for by the main thread: no other thread or process was started."
    }
    let together = facts.peakTasks - 1
    if together <= 1 || facts.together ?? 2 < 1.3 {
      return
        "There was never more than one thread beside the main thread: each was started when the one before had ended."
    }
    if Double(together) < 0.75 * Double(measurement.judged.workers) {
      return
        "No more than \(together) threads were there at the same time; \(measurement.judged.workers) are asked for."
    }
    if speedup < 0.5 * Double(together) {
      return "\(together) threads were there at the same time, but they waited for each other rather than for their "
        + "answers, as one lock held while waiting makes them do."
    }
    return nil
  }

  private func number(_ value: Double) -> String { String(format: "%.2f", value) }
}
