/// What is measured for a check of speedup: which scenarios against which, and for how long; checks with the same plan share it.
public struct SpeedupPlan: Sendable, Hashable {
  /// The scenarios without parallelism; the fastest of them is what the variants are compared with.
  public var baselines: [String]
  /// The scenarios with it, the one that is judged last.
  public var variants: [String]
  /// What bounds the speedup.
  public var kind: Kind
  /// Seconds that all timed runs together may take.
  public var budget: Double

  /// What bounds a speedup.
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    /// The number of CPUs: the work is computing.
    case cpu
    /// The number of threads: the work is waiting.
    case io
  }

  /// A plan; at least one baseline and one variant.
  public init(baselines: [String], variants: [String], kind: Kind = .cpu, budget: Double = 30) {
    precondition(!baselines.isEmpty && !variants.isEmpty)
    self.baselines = baselines
    self.variants = variants
    self.kind = kind
    self.budget = budget
  }

  /// The scenario that is judged.
  public var judged: String { variants[variants.count - 1] }
}

/// How fast a program must be.
public enum SpeedupDemand: Sendable, Equatable {
  /// At least so many times as fast as the baseline.
  case atLeast(Double)
  /// At most so many times as fast.
  case atMost(Double)
  /// At least this part of what the usable CPUs allow.
  case efficiency(Double)
}
