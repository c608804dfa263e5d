import Foundation
public import Grading

/// One marking of a simulated program, through the code that decides on real ones.
public struct SpeedupTrial: Sendable {
  /// The program's true speedup divided by the threshold.
  public var ratio: Double
  private var noise: NoiseSource

  /// A marking.
  /// - Parameters:
  ///   - ratio: the program's true speedup divided by the threshold.
  ///   - noise: what disturbs its runs and the spinner's.
  public init(ratio: Double, noise: NoiseSource) {
    self.ratio = ratio
    self.noise = noise
  }

  /// What was decided, and after how many pairs.
  public mutating func decide() -> (decision: SpeedupEvidence.Decision, pairs: Int) {
    var evidence = SpeedupEvidence()
    for _ in 0..<SpeedupMeasurement.firstSamples { evidence.add(control: measuredRatio(1)) }
    for number in 1...SpeedupPromise.mostPairs {
      let (baseline, variant) = times(ratio, baselineFirst: number % 2 == 1)
      evidence.add(TimedPair(baseline: TimedSpan(measured: baseline), variant: TimedSpan(measured: variant)))
      evidence.add(control: measuredRatio(1))
      switch evidence.decision(at: 1) {
      case .above: return (.above(isCertain: false), number)
      case .below(true): return (.below(isCertain: true), number)
      case .below(false), .open: continue
      }
    }
    return (.open, SpeedupPromise.mostPairs)
  }

  /// Whether each of the usual ways passes the program: one shot, the best of 5, the mean of 10 measured speedups.
  public mutating func usualWays() -> (oneShot: Bool, bestOf5: Bool, meanOf10: Bool) {
    let ratios = (0..<10).map { _ in measuredRatio(ratio) }
    return (
      ratios[0] >= 1, ratios.prefix(5).contains { $0 >= 1 }, ratios.reduce(0, +) / Double(ratios.count) >= 1
    )
  }

  private mutating func measuredRatio(_ truth: Double) -> Double {
    let (baseline, variant) = times(truth, baselineFirst: true)
    return baseline / variant
  }

  private mutating func times(_ truth: Double, baselineFirst: Bool) -> (baseline: Double, variant: Double) {
    let first = noise.next(isParallel: !baselineFirst)
    let second = noise.next(isParallel: baselineFirst)
    return baselineFirst ? (truth * first, second) : (truth * second, first)
  }
}

/// How often a decision was right and wrong over many trials.
public struct SpeedupTally: Sendable {
  /// How many trials there were.
  public private(set) var trials = 0
  /// Programs fast enough that failed, or too slow that passed, as the kind of trial has it.
  public private(set) var failed = 0
  /// Programs that passed.
  public private(set) var passed = 0
  private var pairs: [Int] = []

  /// Trials of programs with one true speedup.
  /// - Parameters:
  ///   - ratio: the true speedup divided by the threshold.
  ///   - model: the noise.
  ///   - scale: its strength.
  ///   - trials: how many.
  ///   - seed: what they follow from.
  public init(ratio: Double, model: NoiseModel, scale: Double, trials: Int, seed: UInt64) {
    for number in 0..<trials {
      let source = model.source(scale: scale, seed: seed &+ UInt64(number) &* 7919)
      var trial = SpeedupTrial(ratio: ratio, noise: source)
      let (decision, pairs) = trial.decide()
      self.trials += 1
      self.pairs.append(pairs)
      if case .below = decision { failed += 1 }
      if case .above = decision { passed += 1 }
    }
  }

  /// How many were left open.
  public var open: Int { trials - failed - passed }

  /// The median number of pairs.
  public var medianPairs: Int { pairs.sorted()[pairs.count / 2] }
}
