import Sandboxing

/// `parallel: true`: threads or processes are on CPUs at the same time, or would be if there were enough of them.
///
/// One that could run but has to wait for a CPU counts as running, so neither a busy machine nor one with a single CPU
/// changes the outcome. Threads of a Python with its global lock do not run at the same time, whatever the machine.
public struct ParallelWork: ConcurrencyRule {
  /// The key in `exercise.yaml`.
  public static let key = "parallel"
  /// Let go together, they run together if they can.
  public static let mode = RunMode.stretched
  /// The least part of the time on CPUs that must overlap; see `OverlappingWork`.
  static let least = 0.65
  /// Threads that compute without handing over run longer than this from one wait to the next, in nanoseconds; those
  /// that take turns under Python's global lock hand over every 5 ms.
  static let turn: Int64 = 20_000_000
  /// Waiting for a CPU, by running, from which on threads that take turns may look as if they ran together.
  static let busy = 0.1

  /// Asks for work on several CPUs at once.
  public init() {}

  /// Judges a stretched run.
  public func judge(_ run: Run) -> ConcurrencyOutcome {
    facts(run, enough: \.running.any) { facts in
      if facts.running.share < Self.least { return .broken(finding(facts, takesTurns: run.takesTurns)) }
      if !facts.areProcesses, facts.starvation > Self.busy, facts.longestTurn < Self.turn {
        return .untold("The machine was too busy to tell whether threads ran at the same time or took turns.")
      }
      return .holds("they ran at the same time: \(facts.running.evidence)")
    }
  }

  private func finding(_ facts: WorkFacts, takesTurns: Bool) -> Finding {
    let advice =
      facts.areProcesses
      ? "Give all of them work before you wait for the first result, and let none of them hold a lock while it computes."
      : takesTurns
        ? "In Python only one thread computes at a time (the global interpreter lock): use processes to compute."
        : "Look for a lock that is held around the whole work."
    return Finding(
      .notConcurrent, "Only one of the \(facts.areProcesses ? "processes" : "threads") ran at a time.",
      details: """
        Of \(Milliseconds(facts.running.any)) in which they ran, two of them ran at the same time for \
        \(Milliseconds(facts.running.two)).
        \(advice)
        """)
  }
}
