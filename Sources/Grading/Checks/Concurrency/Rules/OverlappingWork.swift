import Sandboxing

/// `overlap: true`: the work of threads and processes overlaps in time.
///
/// Broken where they are there, but all wait while one works: a lock held around everything, or a pool that is asked
/// with `apply`, which waits for each result. Work is all but waiting for another task of the program without a
/// timeout; a thread that waits for Python's global lock waits with one.
public struct OverlappingWork: ConcurrencyRule {
  /// The key in `exercise.yaml`.
  public static let key = "overlap"
  /// Let go together, they overlap if they can.
  public static let mode = RunMode.stretched
  /// The least part of the work that must overlap; workers that take turns still overlap when they begin and hand over.
  static let least = 0.65

  /// Asks for work that overlaps.
  public init() {}

  /// Judges a stretched run.
  public func judge(_ run: Run) -> ConcurrencyOutcome {
    facts(run, enough: \.active.any) { facts in
      if facts.active.share >= Self.least {
        return .holds("their work overlapped: \(facts.active.evidence)")
      }
      return .broken(finding(facts, isPython: !run.trace.threads.isEmpty))
    }
  }

  private func finding(_ facts: WorkFacts, isPython: Bool) -> Finding {
    let noun = facts.areProcesses ? "processes" : "threads"
    if facts.active.isOneAlone {
      return Finding(
        .notConcurrent,
        "One \(facts.areProcesses ? "process" : "thread") did nearly all the work, so nothing overlaps.",
        details: SharedWork.shares(facts))
    }
    if facts.areInTurn { return inTurn(facts, noun: noun) }
    let lock = """
      A lock held around the whole work makes the others wait until one has finished all of it: hold it only around \
      what they share.
      """
    let apply = "Pool.apply() waits for each result before the next call: use map(), or apply_async() and then get()."
    return Finding(
      .notConcurrent, "\(facts.workers.count) \(noun) were there, but only one worked at a time; the others waited.",
      details: """
        Of \(Milliseconds(facts.active.any)) of work, two of them worked at the same time for \
        \(Milliseconds(facts.active.two)).
        \(facts.areProcesses && isPython ? apply + "\n" + lock : lock)
        """)
  }
}

extension OverlappingWork {
  private func inTurn(_ facts: WorkFacts, noun: String) -> Finding {
    Finding(
      .notConcurrent, "\(facts.workers.count) \(noun) were started, but each only when the one before had ended.",
      details: Self.startAndJoin(facts) ?? "")
  }

  /// The end of the first and the begin of the second, and what to do about it; nil where they are not in turn.
  static func startAndJoin(_ facts: WorkFacts) -> String? {
    guard facts.areInTurn else { return nil }
    return """
      The second began \(Milliseconds(max(0, facts.workers[1].account.began - facts.workers[0].end))) after the first had \
      ended. When start() and join() stand in one loop, join() waits before the next is started: use two loops, one \
      that starts all of them and one that joins them.
      """
  }
}
