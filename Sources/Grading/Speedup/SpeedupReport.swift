/// What was measured for a check of speedup, for reports.
public struct SpeedupReport: Sendable, Equatable, Codable {
  /// What bounds the speedup.
  public var kind: SpeedupPlan.Kind
  /// The scenario that the others were compared with.
  public var baseline: String
  /// The exercise's own program's that was timed beside it, being no slower to be compared with; nil where there was none.
  public var reference: String?
  /// The scenario of the variant that is judged.
  public var judged: String
  /// The CPUs that the runs had for themselves.
  public var cpus: [Int]
  /// The speedup that those CPUs gave our own spinner, the middle of its samples; nil for `io`.
  public var attainable: Double?
  /// The samples: some before the first pair, one after each that counts; nil for `io`.
  public var samples: [Double]?
  /// The speedup that was asked for here.
  public var threshold: Double
  /// Whether it may not be passed rather than must be reached.
  public var isUpperLimit: Bool
  /// Seconds that an empty program takes, taken off every run.
  public var startUp: Double
  /// Seconds of the baseline's own work, the middle of its runs.
  public var work: Double
  /// One for each variant, by their numbers of workers.
  public var points: [Point]
  /// Every timed run, also those that were set aside.
  public var runs: [TimedRun]
  /// What the latest pair of runs did beside taking time; the evidence for explanations.
  public var facts: SpeedupFacts?

  /// The speedup at one number of workers.
  public struct Point: Sendable, Equatable, Codable {
    /// The scenario's id.
    public var scenario: String
    /// Its number of workers.
    public var workers: Int
    /// The middle of the measured speedups.
    public var speedup: Double
    /// The least that is not ruled out; nil with too few pairs.
    public var low: Double?
    /// The most that is not ruled out; nil with too few pairs.
    public var high: Double?
    /// How many pairs it rests on.
    public var pairs: Int

    /// The speedup at one number of workers.
    public init(scenario: String, workers: Int, speedup: Double, low: Double?, high: Double?, pairs: Int) {
      self.scenario = scenario
      self.workers = workers
      self.speedup = speedup
      self.low = low
      self.high = high
      self.pairs = pairs
    }
  }

  /// What was measured.
  public init(
    kind: SpeedupPlan.Kind, baseline: String, reference: String? = nil, judged: String, cpus: [Int],
    attainable: Double?, samples: [Double]? = nil,
    threshold: Double, isUpperLimit: Bool = false, startUp: Double, work: Double, points: [Point], runs: [TimedRun],
    facts: SpeedupFacts? = nil
  ) {
    self.kind = kind
    self.baseline = baseline
    self.reference = reference
    self.judged = judged
    self.cpus = cpus
    self.attainable = attainable
    self.samples = samples
    self.threshold = threshold
    self.isUpperLimit = isUpperLimit
    self.startUp = startUp
    self.work = work
    self.points = points
    self.runs = runs
    self.facts = facts
  }
}

extension SpeedupReport {
  /// The pairs that count of the baseline and a variant, in the order of time, as the decision saw them.
  public func pairs(of variant: String) -> [TimedPair] {
    let startUp = TimedRun.startUp(in: runs)
    let sides = [baseline] + [reference].compactMap(\.self) + points.map(\.scenario)
    let counting = Dictionary(grouping: runs.filter { $0.pair > 0 && $0.setAside == nil }, by: \.pair)
    return counting.sorted { $0.key < $1.key }.compactMap { _, runs in
      let spans = Dictionary(runs.map { ($0.scenario, $0.work(without: startUp)) }) { _, last in last }
      // The last pair may have met the end of the budget.
      guard sides.allSatisfy({ spans[$0] != nil }), let one = spans[baseline], let many = spans[variant] else {
        return nil
      }
      return TimedPair(baseline: one.beside(reference.flatMap { spans[$0] }), variant: many)
    }
  }
}
