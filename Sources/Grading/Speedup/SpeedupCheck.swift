import Foundation

/// Judges how much faster a program is with parallelism than without, by timings that it asks to be made.
public struct SpeedupCheck: Check {
  /// The name in `exercise.yaml`.
  public static let name = "speedup"
  /// What is measured.
  public var plan: SpeedupPlan
  /// How fast the program must be.
  public var demand: SpeedupDemand
  /// Whether the demand is for ideal CPUs and shrinks with what the spinner shows that the CPUs give.
  public var scalesWithMachine: Bool

  /// It needs none.
  public var needsStretchedRun: Bool { false }

  /// A check of speedup.
  public init(plan: SpeedupPlan, demand: SpeedupDemand, scalesWithMachine: Bool = false) {
    self.plan = plan
    self.demand = demand
    self.scalesWithMachine = scalesWithMachine
  }

  /// Nothing can be said from runs that were not timed.
  public func judge(_ runs: [Run]) -> CheckOutcome { .skipped("Nothing was measured.") }

  /// Judges what was measured.
  public func judge(_ measurement: SpeedupMeasurement) -> CheckOutcome {
    let words = SpeedupWords(measurement, limit: limit(in: measurement), check: self)
    switch measurement.obstacle {
    case .machine(let reason), .program(let reason): return .skipped(reason)
    case .wrong(let findings): return .failed(findings)
    case nil: break
    }
    if let reason = unfitness(in: measurement) { return .skipped(reason) }
    switch verdict(on: measurement) {
    case .reached: return .passed(evidence: words.evidence)
    case .missed where isUpperLimit:
      return .failed([Finding(.notConcurrent, words.failure, details: words.foundation)])
    case .missed: return .failed([Finding(.tooSlow, words.failure, details: words.explanation)])
    case .open: return .skipped(words.undecided)
    }
  }

  /// Whether measuring more could still tell something.
  func isSettled(on measurement: SpeedupMeasurement) -> Bool {
    verdict(on: measurement) != .open || unfitness(in: measurement) != nil
  }

  /// What is known.
  enum Verdict: Equatable {
    case reached
    case missed
    case open
  }

  /// What is known of the demand; a threshold that scales is known only as an interval, and both its ends must agree.
  func verdict(on measurement: SpeedupMeasurement) -> Verdict {
    let limit = limit(in: measurement)
    let evidence = measurement.judgedEvidence
    if case .atMost = demand {
      if case .below = evidence.decision(at: limit.lowerBound) { return .reached }
      return evidence.decision(at: limit.upperBound) == .above(isCertain: true) ? .missed : .open
    }
    if case .above = evidence.decision(at: limit.upperBound) { return .reached }
    return evidence.decision(at: limit.lowerBound) == .below(isCertain: true) ? .missed : .open
  }

  /// The threshold on this machine, as a ratio; an interval where it depends on what the machine gives.
  func limit(in measurement: SpeedupMeasurement) -> ClosedRange<Double> {
    let given = Self.inner(measurement.attainable)
    let ideal = Double(measurement.judged.workers)
    switch demand {
    case .atLeast(let ratio), .atMost(let ratio):
      guard scalesWithMachine, let given, ideal > 1 else { return ratio...ratio }
      let ends = [given.lowerBound, given.upperBound].map { Self.gain(ratio, of: ideal, where: $0) }.sorted()
      return ends[0]...ends[1]
    case .efficiency(let part):
      guard plan.kind == .cpu else { return part * ideal...part * ideal }
      let bound = min(ideal, measurement.usable)
      guard scalesWithMachine, let given else { return part * bound...part * bound }
      return part * min(bound, given.lowerBound)...part * min(bound, given.upperBound)
    }
  }

  /// Why these CPUs can't show what is asked for, so that it says nothing of a program; nil where they can.
  ///
  /// What is certain in spite of it stays so: a demand that is reached, an upper limit that is passed.
  func unfitness(in measurement: SpeedupMeasurement) -> String? {
    guard plan.kind == .cpu, let given = measurement.given else { return nil }
    let limit = limit(in: measurement)
    let verdict = verdict(on: measurement)
    let cpus = "\(measurement.cpus.count) CPUs give work that is perfectly parallel"
    let (shown, asked) = (Self.text(given), Self.text(limit.lowerBound))
    if isUpperLimit {
      guard verdict != .missed, given < Self.headroom * limit.upperBound else { return nil }
      return
        "Whether the limit is kept can't be shown here now: \(cpus) only \(shown) times; at most \(asked) times is "
        + "asked for, and nothing is faster."
    }
    if dependsOnMachine, limit.lowerBound <= 1 {
      return
        "The speedup can't be judged here now: \(cpus) \(shown) times, so that only \(asked) times is asked for, and a "
        + "program without parallelism reaches that."
    }
    guard verdict != .reached else { return nil }
    if given < Self.leastGiven {
      return "The speedup can't be shown here now: \(cpus) only \(shown) times, which is hardly more than none gets."
    }
    guard given < Self.headroom * limit.lowerBound else { return nil }
    return "The speedup can't be shown here now: \(cpus) only \(shown) times; at least \(asked) times is asked for."
  }

  /// The speedup that the CPUs must give beyond what is asked for.
  private static let headroom = 1.04
  /// CPUs that give less than this tell nothing of parallelism.
  private static let leastGiven = 1.2

  /// Whether no more than something is asked for.
  var isUpperLimit: Bool { if case .atMost = demand { true } else { false } }

  /// Whether the machine has a say in how much is asked for.
  var dependsOnMachine: Bool {
    if case .efficiency = demand { return true }
    return scalesWithMachine
  }

  /// The ratio that is the same part of the gain over no parallelism where the CPUs give less than they ideally would.
  ///
  /// The ratio itself is not scaled: where two hyperthreads give 1.3 times, 1.3 / 2 of 1.4 would ask for less than 1.
  private static func gain(_ ratio: Double, of ideal: Double, where given: Double) -> Double {
    1 + (ratio - 1) * min(1, max(0, (given - 1) / (ideal - 1)))
  }

  private static func text(_ ratio: Double) -> String { String(format: "%.2f", ratio) }

  /// The middle half of the samples, so that no single one moves a threshold; nil of none.
  static func inner(_ samples: [Double]) -> ClosedRange<Double>? {
    let sorted = samples.sorted()
    guard !sorted.isEmpty else { return nil }
    return sorted[sorted.count / 4]...sorted[sorted.count - 1 - sorted.count / 4]
  }
}
