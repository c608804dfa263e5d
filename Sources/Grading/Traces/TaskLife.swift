import Sandboxing

/// One task's life in a run: what the kernel saw it do, from its begin to its end.
struct TaskLife {
  /// The kernel's account of it.
  var account: TaskAccount
  /// When it ended, or the run did; in nanoseconds since the program's start.
  var end: Int64
  /// What it was seen doing, each from its instant on; in order, the first at its begin.
  var states: [(time: Int64, state: TaskState)]
  /// When a stretched run let it through the gate, to do its work; nil where it never came there.
  var released: Int64?

  /// Whether it came to the gate of a stretched run.
  var wasHeld: Bool { states.contains { $0.state == .held } }

  /// Which task it was.
  var task: JournalEntry.Task { account.task }

  /// How long it was on a CPU for its work, without what came before the gate, in nanoseconds.
  var work: Int64 { account.runTime - (account.gateTime ?? 0) }

  /// The lives of all tasks of a run, in the order in which they began; empty where tasks were not accounted.
  static func all(of result: ExecutionResult) -> [TaskLife] {
    let end = max(result.usage.wallTime.wholeNanoseconds, result.tasks.compactMap(\.ended).max() ?? 0)
    var lives = result.tasks.sorted { ($0.began, $0.task.thread) < ($1.began, $1.task.thread) }.map { account in
      TaskLife(
        account: account, end: max(account.began, account.ended ?? end), states: [(account.began, .running)])
    }
    // A number may be given to a second task when the first has ended: the one that lived then is meant.
    let places = Dictionary(grouping: lives.indices) { lives[$0].task }
    for entry in result.journal {
      guard let (task, state) = entry.event.state,
        let place = places[task]?.last(where: { lives[$0].account.began <= entry.time }) ?? places[task]?.first
      else { continue }
      if case .released = entry.event { lives[place].released = entry.time }
      lives[place].add(state, at: entry.time)
    }
    return lives
  }

  private mutating func add(_ state: TaskState, at time: Int64) {
    guard time <= end else { return }
    states.append((max(time, account.began), state))
  }

  /// What it did, piece by piece, without gaps.
  var pieces: some Sequence<(from: Int64, to: Int64, state: TaskState)> {
    states.indices.lazy.map { index in
      (states[index].time, index + 1 < states.count ? states[index + 1].time : end, states[index].state)
    }
  }
}

extension JournalEntry.Event {
  /// What a task does from this on.
  fileprivate var state: (JournalEntry.Task, TaskState)? {
    switch self {
    case .state(let task, let state): (task, state)
    case .held(let task): (task, .held)
    case .released(let task, _): (task, .running)
    default: nil
    }
  }
}

extension Duration {
  /// In whole nanoseconds.
  var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
