import Sandboxing

/// What the kernel saw of the threads and processes of a run.
struct ConcurrencyFacts {
  /// The kinds of task that can be asked for.
  enum Kind {
    case thread, process, any
  }

  /// Threads and processes born, of either kind; nil where births cannot be counted.
  private let threadsBorn: Int?
  private let processesBorn: Int?
  private var held: [JournalEntry.Task: Int] = [:]
  private var mostHeld: [Kind: Int] = [:]
  private var everHeld: Set<JournalEntry.Task> = []
  /// The tasks that wrote to standard output themselves, without the program's own main thread.
  private(set) var writers: Set<JournalEntry.Task> = []
  /// How often anything was written to standard output.
  private(set) var writes = 0
  /// The first process: the program itself.
  private let program: Int?

  /// Reads the keeper's journal; what the witness says is not looked at.
  init(_ result: ExecutionResult) {
    let births = result.journal.compactMap { entry -> JournalEntry.Task.Kind? in
      if case .birth(let kind, _) = entry.event { kind } else { nil }
    }
    threadsBorn = result.usage.threadsBorn.map { max($0, births.count { $0 == .thread }) }
    processesBorn = result.usage.processesBorn.map { max($0, births.count { $0 == .process }) }
    program = result.journal.lazy.compactMap(\.event.task).first?.process
    for entry in result.journal { follow(entry.event) }
  }

  /// How many were born; nil where that cannot be counted.
  func born(_ kind: Kind) -> Int? {
    guard let threadsBorn, let processesBorn else { return nil }
    return switch kind {
    case .thread: threadsBorn
    case .process: processesBorn
    case .any: threadsBorn + processesBorn
    }
  }

  /// How many were held at the gate at one time: alive together, each about to begin its work.
  func mostTogether(_ kind: Kind) -> Int { mostHeld[kind] ?? 0 }

  /// How many came to the gate in all: the workers, without helpers of the language's own.
  func workers(_ kind: Kind) -> Int { everHeld.count { self.is($0, kind) } }

  private mutating func follow(_ event: JournalEntry.Event) {
    switch event {
    case .held(let task):
      // The program's own main thread is no worker, even if it knocks at the gate.
      guard self.is(task, .any) else { return }
      held[task] = 1
      everHeld.insert(task)
      for kind in [Kind.thread, .process, .any] {
        mostHeld[kind] = max(mostHeld[kind] ?? 0, held.keys.count { self.is($0, kind) })
      }
    case .released(let task, let together):
      held[task] = nil
      // With those that passed the gate earlier and were still alive when all else was at rest.
      let kind = task.isMainThread ? Kind.process : .thread
      mostHeld[kind] = max(mostHeld[kind] ?? 0, together)
      mostHeld[.any] = max(mostHeld[.any] ?? 0, together)
    case .wrote(let task, .standardOutput, let count):
      writes += 1
      if count > 0, self.is(task, .any) { writers.insert(task) }
    default: break
    }
  }

  private func `is`(_ task: JournalEntry.Task, _ kind: Kind) -> Bool {
    switch kind {
    case .thread: !task.isMainThread
    case .process: task.isMainThread && task.process != program
    case .any: !task.isMainThread || task.process != program
    }
  }
}

extension JournalEntry.Event {
  /// The task that an entry is about, or that created another.
  fileprivate var task: JournalEntry.Task? {
    switch self {
    case .birth(_, let task), .held(let task), .released(let task, _), .wrote(let task, _, _), .blocked(let task, _, _):
      task
    case .began(let task, _), .needs(let task, _, _): task
    case .bytes, .state, .found, .stacks, .debuggerStacks, .answers, .named: nil
    }
  }
}

extension TaskAccount {
  /// Whether it is a thread that Dispatch made for its queues, by the name that it gives it; of that, 15 bytes are left.
  var isOfDispatch: Bool { !task.isMainThread && (name.hasSuffix("-qos") || name.hasSuffix("-qos.overcommit")) }
}
