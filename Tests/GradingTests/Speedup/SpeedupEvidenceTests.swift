import Grading
import SpeedupSimulation
import Testing

/// The decision itself, without a clock: simulated timings go through the code that decides on real ones.
struct SpeedupEvidenceTests {
  /// Pairs with these speedups, the baseline taking a second.
  private func evidence(_ speedups: [Double], controls: [Double] = []) -> SpeedupEvidence {
    var evidence = SpeedupEvidence()
    for control in controls { evidence.add(control: control) }
    for speedup in speedups {
      evidence.add(TimedPair(baseline: TimedSpan(measured: 1), variant: TimedSpan(measured: 1 / speedup)))
    }
    return evidence
  }

  @Test func `a clear case ends after three pairs`() {
    #expect(evidence([1.94, 1.95, 1.96]).decision(at: 1.4) == .above(isCertain: true))
    #expect(evidence([1.01, 1.0, 0.99]).decision(at: 1.4) == .below(isCertain: true))
    #expect(evidence([19, 18.6, 19.3]).decision(at: 5) == .above(isCertain: true))
  }

  @Test func `two pairs are never enough`() {
    #expect(evidence([19, 19]).decision(at: 2) == .open)
    #expect(evidence([]).decision(at: 2) == .open)
    #expect(evidence([19, 19]).interval == nil)
  }

  @Test func `a close case stays open, and a few more pairs that agree decide it`() {
    #expect(evidence([1.62, 1.65, 1.6]).decision(at: 1.6) == .open)
    #expect(evidence([1.5, 1.51, 1.5]).decision(at: 1.4) == .open)
    #expect(evidence([1.5, 1.51, 1.5, 1.51, 1.5, 1.51]).decision(at: 1.4) == .above(isCertain: false))
  }

  @Test func `pairs that scatter don't decide what pairs that agree do`() {
    #expect(evidence([1.2, 2.6, 1.9]).decision(at: 1.4) == .open)
    #expect(evidence([0.6, 1.0, 1.5]).decision(at: 1.4) == .open)
  }

  @Test func `what our own spinner scatters is not taken for the program's`() {
    #expect(evidence([1.0, 1.0, 1.0], controls: [1.9, 1.9, 1.92]).decision(at: 1.4) == .below(isCertain: true))
    #expect(evidence([1.0, 1.0, 1.0], controls: [1.9, 1.2, 1.92]).decision(at: 1.4) == .open)
  }

  @Test func `time that others may have taken counts for the program, whichever way it is judged`() {
    var slow = SpeedupEvidence()
    var fast = SpeedupEvidence()
    for _ in 0..<3 {
      let disturbed = TimedSpan(measured: 1, undisturbed: 0.6)
      slow.add(TimedPair(baseline: TimedSpan(measured: 1), variant: disturbed))
      fast.add(TimedPair(baseline: disturbed, variant: TimedSpan(measured: 0.5)))
    }
    #expect(slow.decision(at: 1.4) == .open)
    #expect(fast.decision(at: 1.4) == .open)
  }

  @Test func `the interval holds the estimate and agrees with the decisions`() throws {
    let evidence = evidence([1.8, 1.9, 1.85, 1.92, 1.88, 1.87, 1.9, 1.86])
    let interval = try #require(evidence.interval)
    let estimate = try #require(evidence.estimate)
    #expect(interval.contains(estimate))
    #expect(evidence.decision(at: interval.lowerBound * 0.999) != .open)
    #expect(evidence.decision(at: interval.upperBound * 1.001) == .below(isCertain: true))
    #expect(evidence.decision(at: estimate) == .open)
  }

  private static let trials = 400

  /// A program exactly at the threshold is fast enough: a failure is wrong; just under it, a pass is wrong.
  @Test(arguments: NoiseModel.allCases, [0.03, 0.3])
  func `under simulated noise the promise holds`(_ model: NoiseModel, scale: Double) {
    let tally = SpeedupTally(ratio: 1, model: model, scale: scale, trials: Self.trials, seed: 42)
    // The seed is fixed, so these are facts and not chances: at most what is promised of so few trials.
    #expect(tally.failed <= 1)
    #expect(tally.passed <= 4)
  }

  @Test(arguments: NoiseModel.allCases)
  func `clear cases are decided rightly, most of them with few pairs`(_ model: NoiseModel) {
    let fast = SpeedupTally(ratio: 1.95 / 1.4, model: model, scale: 0.03, trials: 60, seed: 7)
    let slow = SpeedupTally(ratio: 1 / 1.4, model: model, scale: 0.03, trials: 60, seed: 8)
    #expect(fast.failed == 0 && fast.passed >= 58)
    #expect(slow.passed == 0 && slow.failed >= 58)
    #expect(fast.medianPairs <= 7 && slow.medianPairs <= 8)
  }

  @Test func `the usual ways fail a program that is fast enough`() {
    var failures = 0
    for seed in 0..<200 {
      let source = NoiseModel.bimodal.source(scale: 0.1, seed: UInt64(seed))
      var trial = SpeedupTrial(ratio: 1.05, noise: source)
      if !trial.usualWays().oneShot { failures += 1 }
    }
    #expect(failures > 20)
  }
}
