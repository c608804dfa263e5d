/// One timed run with what disturbed it: a line of the raw data.
public struct TimedRun: Sendable, Equatable, Codable {
  /// Which pair it belongs to, from 1; 0 for the runs before the first.
  public var pair: Int
  /// The scenario's id, or `start-up` for the empty program.
  public var scenario: String
  /// How many workers it was to have.
  public var workers: Int
  /// What its data were made from.
  public var seed: Int
  /// Elapsed seconds.
  public var wall: Double
  /// Seconds on CPUs, of all its tasks.
  public var cpu: Double
  /// Seconds by which others can have lengthened it; nil where nothing tells.
  public var lost: Double?
  /// Seconds of these by which they certainly did, so that they can be taken off; nil where that can't be told.
  public var certain: Double?
  /// How fast the CPUs' clocks ran; nil where nothing tells.
  public var clock: ClockSpeed?
  /// Why it does not count; nil where it does.
  public var setAside: String?

  /// A timed run.
  public init(
    pair: Int, scenario: String, workers: Int, seed: Int, wall: Double, cpu: Double, lost: Double? = nil,
    certain: Double? = nil, clock: ClockSpeed? = nil, setAside: String? = nil
  ) {
    self.pair = pair
    self.scenario = scenario
    self.workers = workers
    self.seed = seed
    self.wall = wall
    self.cpu = cpu
    self.lost = lost
    self.certain = certain
    self.clock = clock
    self.setAside = setAside
  }
}

extension TimedRun {
  /// What the runs of an empty program are called.
  static let startUp = "start-up"

  /// The least that an empty program took, among runs; nil where there was none.
  static func startUp(in runs: [TimedRun]) -> TimedSpan? {
    let runs = runs.filter { $0.scenario == startUp }
    guard let measured = runs.map(\.wall).min(), let undisturbed = runs.map({ $0.wall - ($0.lost ?? 0) }).min() else {
      return nil
    }
    return TimedSpan(measured: measured, undisturbed: undisturbed)
  }

  /// How long it took without the start-up, no more of which is taken off than it took.
  func work(without startUp: TimedSpan?) -> TimedSpan {
    let least = wall / 50
    return TimedSpan(
      measured: max(least, wall - (certain ?? 0) - (startUp?.undisturbed ?? 0)),
      undisturbed: max(least, wall - (lost ?? 0) - (startUp?.measured ?? 0)))
  }
}
