/// What came of measuring a plan: pure values, on which the checks judge.
public struct SpeedupMeasurement: Sendable, Equatable {
  /// What was to be measured.
  public var plan: SpeedupPlan
  /// The baseline that the variants were compared with, and what it is called for people.
  public var baseline: Side
  /// The scenario of the exercise's own program that is timed beside the student's own baseline; nil where there is none.
  public var reference: String?
  /// The variant that is judged.
  public var judged: Side
  /// The CPUs that the runs had for themselves.
  public var cpus: [Int]
  /// How many CPUs' worth of time the machine allows.
  public var usable: Double
  /// The speedups that the spinner showed undisturbed.
  public var attainable: [Double]
  /// Seconds that an empty program takes.
  public var startUp: Double
  /// What is known of each variant's speedup, by its scenario's id.
  public var evidence: [String: SpeedupEvidence]
  /// The workers of each variant, by its scenario's id.
  public var workers: [String: Int]
  /// Every timed run.
  public var runs: [TimedRun]
  /// Whether its threads take turns under Python's global lock.
  public var hasGlobalLock = false
  /// What of the runs explains the speedup.
  public var facts: SpeedupFacts?
  /// Why there is nothing to judge; nil when there is.
  public var obstacle: Obstacle?

  /// One of the two that are compared.
  public struct Side: Sendable, Equatable {
    /// The scenario's id.
    public var scenario: String
    /// How many workers it has.
    public var workers: Int
    /// The exercise's own program that it runs; nil for the student's.
    public var program: String?

    /// One of the two that are compared.
    public init(scenario: String, workers: Int, program: String? = nil) {
      self.scenario = scenario
      self.workers = workers
      self.program = program
    }
  }

  /// Why a measurement can't be judged.
  public enum Obstacle: Sendable, Equatable {
    /// The machine can't show it, or not now.
    case machine(String)
    /// The program must first do something else right.
    case program(String)
    /// A timed run went wrong or printed something else than it must.
    case wrong([Finding])
  }

  /// A measurement that is yet to be made.
  public init(plan: SpeedupPlan, scenarios: [Scenario], usable: Double) {
    func side(_ id: String) -> Side {
      let scenario = scenarios.first { $0.id == id }
      return Side(scenario: id, workers: scenario?.workers ?? 1, program: scenario?.program)
    }
    self.plan = plan
    self.usable = usable
    baseline = side(plan.baselines[0])
    judged = side(plan.judged)
    (cpus, attainable, startUp, runs) = ([], [], 0, [])
    evidence = Dictionary(plan.variants.map { ($0, SpeedupEvidence()) }) { first, _ in first }
    workers = Dictionary(plan.variants.map { ($0, side($0).workers) }) { first, _ in first }
  }

  /// The scenarios that are timed in each pair beside the variants.
  var baselines: [String] { [baseline.scenario] + [reference].compactMap(\.self) }

  /// How often the spinner runs before the first pair; after that, once after each pair.
  public static let firstSamples = 10

  /// Whether the spinner's samples agree so well that they neither widen a threshold nor the noise that is assumed.
  var isSteady: Bool {
    guard let inner = SpeedupCheck.inner(attainable) else { return true }
    return inner.upperBound <= Self.steady * inner.lowerBound && !judgedEvidence.isShiftWidened
  }

  /// The middle half of samples that agree lies within this factor.
  private static let steady = 1.05

  /// The speedup that the CPUs gave the spinner, before the first pair or meanwhile, whichever is less; nil without samples.
  ///
  /// A machine that gives less by and by must not be held against a program, so the lesser one counts.
  public var given: Double? {
    let before = attainable.prefix(Self.firstSamples)
    let meanwhile = attainable.dropFirst(Self.firstSamples)
    guard !before.isEmpty else { return nil }
    return meanwhile.count < SpeedupPromise.fewestPairs
      ? Array(before).median : min(Array(before).median, Array(meanwhile).median)
  }

  /// What is known of the variant that is judged.
  public var judgedEvidence: SpeedupEvidence { evidence[plan.judged] ?? SpeedupEvidence() }

  /// How many timed runs were set aside, by the reason.
  public var setAside: [(reason: String, count: Int)] {
    Dictionary(grouping: runs.compactMap(\.setAside)) { $0 }.map { (reason: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  /// Seconds of the baseline's own work: the middle of its runs that count, without the start-up.
  public var work: Double {
    runs.filter { $0.scenario == baseline.scenario && $0.setAside == nil && $0.pair > 0 }
      .map { $0.wall - ($0.certain ?? 0) - startUp }.median
  }
}

/// What timed runs say beside how long they took: the evidence for explanations, from the latest pair.
public struct SpeedupFacts: Sendable, Equatable, Codable {
  /// CPU seconds of the baseline's run.
  public var baselineCPU: Double
  /// Elapsed seconds of the variant's run, its start-up included.
  public var wall: Double
  /// CPU seconds of the variant's run.
  public var cpu: Double
  /// Those of them that the kernel spent.
  public var systemCPU: Double
  /// Threads born beside main threads; nil where they can't be counted.
  public var threads: Int?
  /// Processes born; nil where they can't be counted.
  public var processes: Int?
  /// The most tasks alive at once, the main one included.
  public var peakTasks: Int
  /// CPU seconds of each task but the first, the largest first; empty where nothing tells.
  public var workerCPU: [Double]
  /// How many tasks beside the first were alive at once, on average over the time in which any was; nil where nothing tells.
  public var together: Double?
  /// Seconds in which its tasks could have run but had no CPU, all together; 0 where nothing tells.
  public var delay: Double
  /// How often tasks waited for something, all together; nil where nothing tells.
  public var waits: Int?
  /// Bytes that its processes handed to each other, counted going in and coming out: what they both wrote and read beyond what
  /// the baseline's did; nil where unknown.
  public var movedBytes: Int?
  /// In how many reads and writes; nil where unknown.
  public var moves: Int?

  /// Evidence for explanations.
  public init(
    baselineCPU: Double, wall: Double, cpu: Double, systemCPU: Double = 0, threads: Int? = nil, processes: Int? = nil,
    peakTasks: Int = 1, workerCPU: [Double] = [], together: Double? = nil, delay: Double = 0,
    waits: Int? = nil, movedBytes: Int? = nil, moves: Int? = nil
  ) {
    self.baselineCPU = baselineCPU
    self.wall = wall
    self.cpu = cpu
    self.systemCPU = systemCPU
    self.threads = threads
    self.processes = processes
    self.peakTasks = peakTasks
    self.workerCPU = workerCPU
    self.together = together
    self.delay = delay
    self.waits = waits
    self.movedBytes = movedBytes
    self.moves = moves
  }
}
