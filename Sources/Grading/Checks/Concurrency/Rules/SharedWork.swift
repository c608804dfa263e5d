import Sandboxing

/// `workers: 4`: at least so many threads or processes each do a part of the work.
///
/// A part is a tenth of what the busiest one does, in time on a CPU, without what comes before the gate. Broken where a
/// pool is larger than its work is many, or where the main thread does everything: a gate holds the others while it computes,
/// so that a program that ends without them needed none of them.
public struct SharedWork: ConcurrencyRule {
  /// The key in `exercise.yaml`.
  public static let key = "workers"
  /// Only there it is known who is a worker, and what of its time was work.
  public static let mode = RunMode.stretched
  /// How many are asked for.
  public var count: Int

  /// Asks for so many that work.
  public init(_ count: Int) { self.count = count }

  /// Judges a stretched run.
  public func judge(_ run: Run) -> ConcurrencyOutcome {
    let facts = WorkFacts(run.result)
    if facts.workers.isEmpty, facts.keptCount > 0, let finding = mainAlone(facts, "They were ended before they began.")
    {
      return .broken(finding)
    }
    return self.facts(run, enough: { max($0.mostWork, $0.main?.account.runTime ?? 0) }) { facts in
      if facts.mostWork < WorkFacts.shortest { return byMain(facts, isPython: !run.trace.threads.isEmpty) }
      let busy = facts.busyWorkers
      if busy >= count { return .holds("\(busy) of them did a part of the work") }
      return .broken(
        Finding(
          .notConcurrent, "Only \(busy) of \(facts.workers.count) did a part of the work; \(count) are asked to.",
          details: Self.shares(facts)))
    }
  }

  /// Where the workers did next to nothing, the main thread's time says whether there was any work.
  private func byMain(_ facts: WorkFacts, isPython: Bool) -> ConcurrencyOutcome {
    let advice = """
      \(Self.shares(facts))
      \(isPython
        ? "Thread(target=f()) calls f at once, in the main thread. Pass the function itself: target=f."
        : "Give each thread a function to call, and let that do the work.")
      """
    if let finding = mainAlone(facts, advice) { return .broken(finding) }
    return .untold("The work was too short to be seen: \(Milliseconds(facts.mostWork)) on a CPU at most.")
  }

  /// The finding that the main thread did everything; nil where it did too little to say so, or others may have done it.
  private func mainAlone(_ facts: WorkFacts, _ details: String) -> Finding? {
    let main = facts.main?.account.runTime ?? 0
    guard main >= 10 * max(facts.mostWork, facts.ungated, WorkFacts.shortest) else { return nil }
    return Finding(
      .notConcurrent, "The main thread did the work: \(Milliseconds(main)) on a CPU; the others did next to nothing.",
      details: details)
  }

  /// What each did, the busiest first.
  static func shares(_ facts: WorkFacts) -> String {
    let shown = facts.workers.sorted { $0.work > $1.work }.prefix(8)
    let times = shown.map { "\(Milliseconds($0.work))" }.joined(separator: ", ")
    return "On a CPU: \(times)\(facts.workers.count > shown.count ? ", ..." : "")."
  }
}
