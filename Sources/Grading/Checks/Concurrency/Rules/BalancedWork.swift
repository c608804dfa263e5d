/// `balance: 2`: the busiest thread or process does at most so many times what the idlest does.
public struct BalancedWork: ConcurrencyRule {
  /// The key in `exercise.yaml`.
  public static let key = "balance"
  /// Only there it is known who is a worker, and what of its time was work.
  public static let mode = RunMode.stretched
  /// The most that the largest share may be, as a multiple of the smallest.
  public var most: Int

  /// Asks for shares that differ by no more than this factor.
  public init(_ most: Int) { self.most = most }

  /// Judges a stretched run.
  public func judge(_ run: Run) -> ConcurrencyOutcome {
    facts(run, enough: \.mostWork) { facts in
      let shares = SharedWork.shares(facts)
      if facts.workers.count < 2 {
        return .broken(Finding(.notConcurrent, "One did all the work, so there is nobody to share it with."))
      }
      if facts.imbalance <= Double(most) {
        return .holds("the busiest did \(factor(facts.imbalance)) times the work of the idlest")
      }
      return .broken(
        Finding(
          .notConcurrent,
          facts.imbalance > 100
            ? "The work is not shared: one did nearly all of it."
            : "The work is shared unevenly: the busiest did \(factor(facts.imbalance)) times that of the idlest.",
          details: "\(shares)\nAt most \(most) times is asked for. Cut the work into parts that take equally long."))
    }
  }

  private func factor(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
