/// The words for what was seen of one kind of task.
struct ConcurrencyWords {
  private let kind: ConcurrencyFacts.Kind
  private let asked: Int
  private let born: Int
  private let workers: Int
  private let together: Int
  private let startAndJoin: String?
  /// Threads that were started where processes are asked for, and take turns under Python's global lock.
  private let threadsInstead: Int

  /// The words for a demand.
  init(_ facts: ConcurrencyFacts, _ kind: ConcurrencyFacts.Kind, asked: Int, work: WorkFacts, takesTurns: Bool) {
    threadsInstead = takesTurns && kind == .process ? facts.born(.thread) ?? 0 : 0
    startAndJoin = OverlappingWork.startAndJoin(work)
    self.kind = kind
    self.asked = asked
    born = facts.born(kind) ?? 0
    workers = facts.workers(kind)
    together = facts.mostTogether(kind)
  }

  /// What to say where too few were started.
  var tooFewBorn: Finding? {
    if born >= asked { return nil }
    if born == 0 { return Finding(.notConcurrent, nobody, details: threadsInstead > 0 ? Self.globalLock : "") }
    return Finding(.notConcurrent, "Only \(number(born)) \(was(born)) started; \(asked) \(are(asked)) asked for.")
  }

  /// What to say where enough were started, but never enough alive at the same time.
  var notTogether: Finding? {
    if together >= asked { return nil }
    if together == 0 {
      return Finding(
        .notConcurrent, "\(number(born)) \(was(born)) started, but none was seen to begin your own code.",
        details: "Helpers that Python starts for itself do not count.")
    }
    if workers < asked {
      return Finding(
        .notConcurrent,
        "Only \(number(workers)) \(was(workers)) started to do your work; \(asked) \(are(asked)) asked for.")
    }
    if together == 1 {
      return Finding(
        .notConcurrent,
        """
        \(number(workers)) \(was(workers)) started, but never two alive at the same time: each one had ended before \
        the next was started. Start all \(noun(2)) first, then join them.
        """, details: startAndJoin ?? "")
    }
    return Finding(
      .notConcurrent,
      "\(number(workers)) \(was(workers)) started, but never more than \(together) alive at the same time.",
      details: "\(asked) alive together \(are(asked)) asked for. Start all of them first, then join them.")
  }

  /// What shows that enough were started.
  var bornEvidence: String { "\(number(born)) \(was(born)) started" }

  /// What shows that enough were alive at the same time.
  var togetherEvidence: String { "\(number(together)) \(was(together)) alive at the same time" }

  /// What to say where threads never came to the gate, though there is nothing wrong with them.
  static let noGate = """
    Whether threads are alive at the same time can't be seen in this program: it is linked statically, or makes its \
    threads without the C library.
    """

  /// What to say where the output was kept and written by whoever happened to be last.
  static let buffered = """
    Who printed what can't be seen: the output was written in larger pieces than lines. Flush it after each line, for \
    example by std::endl or fflush(stdout).
    """

  /// What to say where the runtime decides how many threads there are.
  static let runtimePool = """
    Whose thread is whose can't be told in this program: Dispatch, which also runs Swift's tasks, decides how many threads \
    do the work, at most as many as there are CPUs.
    """

  /// What to say where too few printed anything themselves.
  /// - Parameters:
  ///   - writers: how many did, beside the main thread.
  ///   - asked: how many are asked for.
  ///   - lines: how many lines were printed in all.
  ///   - isPython: whether advice on Python is of use.
  /// - Returns: the finding.
  static func tooFewWriters(_ writers: Int, asked: Int, lines: Int, isPython: Bool) -> Finding {
    if lines == 0 { return Finding(.notConcurrent, "Nothing was printed, so no thread or process printed anything.") }
    if writers > 0 {
      return Finding(
        .notConcurrent, "Only \(writers) of the threads and processes printed anything; \(asked) are asked to.")
    }
    let all = lines == 1 ? "The only line was" : lines == 2 ? "Both lines were" : "All \(lines) lines were"
    guard isPython else {
      return Finding(
        .notConcurrent, "\(all) printed by the main thread.",
        details:
          "Give the function to the thread that is to call it; called where it stands, it runs in the main thread."
      )
    }
    return Finding(
      .notConcurrent, "\(all) printed by the main thread: target=f() calls f at once; pass target=f.",
      details: """
        Thread(target=f()) calls f in the main thread and gives its result to the thread. Thread(target=f) gives f \
        itself to the thread, and start() calls it there.
        """)
  }

  private static let globalLock = """
    Threads were started. They share one process, in which Python lets only one of them compute at a time (the global \
    interpreter lock).
    """

  private var nobody: String {
    switch kind {
    case .thread: "No thread was started: everything ran in the main thread."
    case .process: "No process was started: everything ran in the program's own process."
    case .any: "Neither a thread nor a process was started: everything ran in the main thread."
    }
  }

  private func noun(_ count: Int) -> String {
    switch kind {
    case .thread: count == 1 ? "thread" : "threads"
    case .process: count == 1 ? "process" : "processes"
    case .any: count == 1 ? "thread or process" : "threads or processes"
    }
  }

  private func number(_ count: Int) -> String { "\(count) \(noun(count))" }
  private func was(_ count: Int) -> String { count == 1 ? "was" : "were" }
  private func are(_ count: Int) -> String { count == 1 ? "is" : "are" }
}
