import Testing

@testable import Grading

/// What each demand asks for on a machine, and what certain and uncertain speedups mean for it.
struct SpeedupDemandTests {
  /// Pairs that agree on a speedup, measured on CPUs that give the spinner what is said.
  private func measurement(
    _ speedup: Double, pairs: Int = 12, workers: Int = 2, kind: SpeedupPlan.Kind = .cpu, usable: Double = 2,
    attainable: [Double] = []
  ) -> SpeedupMeasurement {
    let plan = SpeedupPlan(baselines: ["one"], variants: ["many"], kind: kind)
    var measurement = SpeedupMeasurement(
      plan: plan, scenarios: [Scenario(id: "one", workers: 1), Scenario(id: "many", workers: workers)], usable: usable)
    measurement.attainable = attainable
    for _ in 0..<pairs {
      measurement.evidence["many"]?.add(
        TimedPair(baseline: TimedSpan(measured: 1), variant: TimedSpan(measured: 1 / speedup)))
    }
    return measurement
  }

  private func judge(
    _ demand: SpeedupDemand, of measurement: SpeedupMeasurement, scales: Bool = false
  ) -> SpeedupCheck.Verdict {
    SpeedupCheck(plan: measurement.plan, demand: demand, scalesWithMachine: scales).verdict(on: measurement)
  }

  private func limit(
    _ demand: SpeedupDemand, of measurement: SpeedupMeasurement, scales: Bool = false
  ) -> ClosedRange<Double> {
    SpeedupCheck(plan: measurement.plan, demand: demand, scalesWithMachine: scales).limit(in: measurement)
  }

  @Test func `efficiency is a part of the workers, or of the usable CPUs where those are fewer`() {
    #expect(limit(.efficiency(0.7), of: measurement(1, workers: 2, usable: 8)) == 1.4...1.4)
    #expect(limit(.efficiency(0.5), of: measurement(1, workers: 8, usable: 2)) == 1...1)
    #expect(limit(.efficiency(0.5), of: measurement(1, workers: 2, usable: 1.5)) == 0.75...0.75)
    #expect(limit(.efficiency(0.5), of: measurement(1, workers: 20, kind: .io, usable: 2)) == 10...10)
  }

  @Test func `what scales with the machine asks for no more than it gives, and is known as an interval`() {
    let hyperthreads = measurement(1, attainable: [1.2, 1.2, 1.3, 1.4, 1.4])
    #expect(limit(.efficiency(0.5), of: hyperthreads, scales: true) == 0.6...0.7)
    let ratio = limit(.atLeast(1.5), of: hyperthreads, scales: true)
    #expect(abs(ratio.lowerBound - 1.1) < 1e-9 && abs(ratio.upperBound - 1.2) < 1e-9)
    #expect(limit(.atLeast(1.5), of: measurement(1, attainable: [2.3, 2.4]), scales: true) == 1.5...1.5)
    // Between the ends of the interval nobody knows.
    #expect(judge(.atLeast(1.5), of: measurement(1.25, attainable: [1, 1, 2, 2]), scales: true) == .open)
  }

  @Test(arguments: [1.2, 1.3, 1.5, 1.8, 2.0])
  func `a program without parallelism never reaches what scales with the machine`(_ given: Double) {
    let measurement = measurement(1, pairs: 24, attainable: [given, given, given])
    #expect(judge(.atLeast(1.4), of: measurement, scales: true) != .reached)
  }

  @Test func `efficiency is reached, missed, or left open`() {
    #expect(judge(.efficiency(0.7), of: measurement(1.95)) == .reached)
    #expect(judge(.efficiency(0.7), of: measurement(1)) == .missed)
    #expect(judge(.efficiency(0.7), of: measurement(1.5, pairs: 3)) == .open)
  }

  @Test func `at most is kept by threads under a global lock and broken by what is faster`() {
    #expect(judge(.atMost(1.2), of: measurement(0.8)) == .reached)
    #expect(judge(.atMost(1.2), of: measurement(1.95)) == .missed)
    #expect(judge(.atMost(1.2), of: measurement(1.25, pairs: 3)) == .open)
  }

  @Test func `what breaks an upper limit fails with both numbers, and is not called slow`() throws {
    let measurement = measurement(1.95)
    let check = SpeedupCheck(plan: measurement.plan, demand: .atMost(1.2))
    guard case .failed(let findings) = check.judge(measurement) else {
      Issue.record("not failed")
      return
    }
    #expect(findings.map(\.verdict) == [.notConcurrent])
    #expect(findings[0].message.contains("it is 1.95 times as fast as with one worker"))
    #expect(findings[0].message.hasSuffix("and at most 1.20 times is asked for."))
    #expect(findings[0].details == "The chance that this is wrong is below 1 in 1,000.")
  }

  @Test func `a threshold that scales is said as exactly as it is known`() {
    let unsteady = measurement(1.3, attainable: [1.5, 1.5, 1.5, 1.7, 1.7, 1.9, 1.9, 1.9])
    let reason = status(.atLeast(1.4), of: unsteady, scales: true)
    #expect(reason.contains("at least 1.40 times is asked for, which is 1.20 to 1.36 times on these CPUs."))
    let steady = measurement(1.28, attainable: Array(repeating: 1.7, count: 12))
    #expect(status(.atLeast(1.4), of: steady, scales: true).contains("which is 1.28 times on these CPUs."))
  }

  private func status(_ demand: SpeedupDemand, of measurement: SpeedupMeasurement, scales: Bool = false) -> String {
    switch SpeedupCheck(plan: measurement.plan, demand: demand, scalesWithMachine: scales).judge(measurement) {
    case .passed: "passed"
    case .failed: "failed"
    case .skipped(let reason): reason
    }
  }

  @Test func `each check is judged by whether the CPUs can show what it asks for`() {
    let hyperthreads = measurement(1.45, pairs: 24, attainable: Array(repeating: 1.45, count: 30))
    #expect(status(.atLeast(1.3), of: hyperthreads) == "passed")
    #expect(status(.atLeast(1.6), of: hyperthreads).contains("only 1.45 times; at least 1.60 times is asked for"))
    #expect(status(.efficiency(0.6), of: hyperthreads, scales: true).contains("only 0.87 times is asked for"))
    #expect(status(.atMost(1.2), of: hyperthreads) == "failed")
    #expect(status(.atMost(1.5), of: hyperthreads).contains("nothing is faster"))
    let slow = measurement(1, pairs: 24, attainable: Array(repeating: 1.45, count: 30))
    #expect(status(.atLeast(1.3), of: slow) == "failed")
    #expect(status(.atMost(1.2), of: slow) == "passed")
    #expect(status(.atLeast(1.05), of: measurement(1, attainable: [1.15])).contains("hardly more than none"))
  }

  @Test func `a machine that gives less by and by is not held against a program`() {
    let before = Array(repeating: 2.0, count: SpeedupMeasurement.firstSamples)
    let fading = measurement(1.4, pairs: 24, attainable: before + Array(repeating: 1.4, count: 24))
    #expect(status(.atLeast(1.6), of: fading).contains("only 1.40 times; at least 1.60 times"))
    // What is fast enough in spite of it is.
    #expect(status(.atLeast(1.25), of: fading) == "passed")
    // A few samples are no machine.
    #expect(status(.atLeast(1.6), of: measurement(1.4, pairs: 24, attainable: before + [1.4, 1.4])) == "failed")
  }
}
