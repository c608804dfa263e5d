/// How fast the CPUs' clocks ran in a timed run, where the kernel shows it.
public struct ClockSpeed: Sendable, Equatable, Codable {
  /// MHz when it began: what the CPUs were left at.
  public var begin: Double
  /// MHz when it ended: what it made them run at.
  public var end: Double

  /// A clock that is at most this part of what it was before has slowed down.
  static let slow = 0.8
  /// Why a pair of runs between which it did does not count.
  static let reason = "the CPUs' clocks slowed down"

  /// The clocks at the begin and the end of a run; both in MHz.
  public init(begin: Double, end: Double) {
    self.begin = begin
    self.end = end
  }

  /// Whether the clocks changed between the runs of a pair.
  ///
  /// Each run is compared with the fastest of its scenario so far: many busy CPUs always run slower than a single one on
  /// some machines, and that is the machine's own limit and no disturbance.
  static func changed(within pair: [TimedRun], of runs: [TimedRun]) -> Bool {
    let parts = pair.compactMap { run -> Double? in
      let fastest = runs.filter { $0.scenario == run.scenario }.compactMap(\.clock?.end).max()
      guard let own = run.clock?.end, let fastest, fastest > 0 else { return nil }
      return own / fastest
    }
    guard parts.count == pair.count, let least = parts.min(), let most = parts.max() else { return false }
    return least <= slow * most
  }
}
