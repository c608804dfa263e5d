import Sandboxing
import SpeedupSimulation
import Synchronization
import TestSupport
import Testing

@testable import Grading

/// Measuring, with answers that are made up: no process, no clock.
struct SpeedupSessionTests {
  @Test func `a program that is twice as fast passes after three pairs with three different seeds`() async throws {
    let paper = Paper(["one": 1, "two": 0.51])
    let (measurement, outcome) = try await measure(paper)
    guard case .passed(let evidence) = outcome else { Issue.record("\(outcome)"); return }
    #expect(evidence[0].hasPrefix("With 2 workers it is 1.96 times as fast as with one worker"))
    #expect(measurement.judgedEvidence.pairs.count == 3)
    #expect(paper.runs.map(\.scenario) == ["one", "two", "one", "two", "two", "one", "one", "two"])
    #expect(Set(paper.runs.map(\.seed)).count == 4)
  }

  @Test func `a program that is no faster fails after three pairs`() async throws {
    let (measurement, outcome) = try await measure(Paper(["one": 1, "two": 1.01]))
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(findings.map(\.verdict) == [.tooSlow])
    #expect(measurement.judgedEvidence.pairs.count == 3)
  }

  @Test func `a close program takes the whole number of pairs and is left open`() async throws {
    let (measurement, outcome) = try await measure(
      Paper(["one": 1.4, "two": 1], factors: [1, 1.1, 1, 1, 1.1, 1, 1.1]), budget: 600)
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(reason.hasSuffix("That is too close, or too uncertain, to call."))
    #expect(measurement.judgedEvidence.pairs.count == SpeedupPromise.mostPairs)
  }

  @Test func `the budget ends what would go on`() async throws {
    let (measurement, outcome) = try await measure(Paper(["one": 1.4, "two": 1]), budget: 15)
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(
      reason.hasSuffix("after the 15 s that measuring may take; a quieter machine or a longer budget may decide it."))
    #expect(measurement.judgedEvidence.pairs.count == 4)
    #expect(measurement.runs.reduce(0) { $0 + $1.wall } <= 15)
  }

  @Test func `a budget that is too short for any pair is named as the cause`() async throws {
    let (measurement, outcome) = try await measure(Paper(["one": 2, "two": 1]), budget: 5)
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(measurement.judgedEvidence.pairs.isEmpty)
    #expect(
      reason.contains(
        "only 0 undisturbed pairs could be measured. More takes longer than the 5 s that the exercise allows"))
  }

  @Test func `a pair between whose runs the clocks slowed down is set aside, repeated and named`() async throws {
    // With both CPUs busy they always run slower; at the fifth run they drop.
    let paper = Paper(["one": 1, "two": 0.51])
    let (measurement, outcome) = try await measure(paper) { run in
      let usual = run == 0 ? 4000.0 : paper.runs[run - 1].scenario == "two" ? 3000 : 4000
      return run == 5 ? 0.7 * usual : usual
    }
    guard case .passed(let evidence) = outcome else { Issue.record("\(outcome)"); return }
    #expect(measurement.judgedEvidence.pairs.count == 3)
    #expect(measurement.setAside.map(\.reason) == ["the CPUs' clocks slowed down"])
    #expect(measurement.setAside.map(\.count) == [2])
    #expect(evidence.contains { $0.contains("the CPUs' clocks slowed down (2)") })
  }

  @Test func `a report gives back the pairs that the decision rests on, and no others`() async throws {
    let paper = Paper(
      ["one": 1.4, "two": 1], disturbances: [0, 0, 0.8, 0.1, 0, 0.05], factors: [1, 1.1, 1, 1, 1.1, 1, 1.1])
    let (measurement, _) = try await measure(paper, budget: 30) { run in run == 7 ? 2000 : 4000 }
    let report = SpeedupReport(measurement, SpeedupCheck(plan: measurement.plan, demand: .atLeast(1.4)))
    #expect(measurement.setAside.map(\.count) == [2, 1])
    #expect(report.pairs(of: "two") == measurement.judgedEvidence.pairs)
    #expect(report.pairs(of: "two").count > SpeedupPromise.fewestPairs)
    #expect(report.samples == measurement.attainable)
  }

  @Test func `clocks that stay slow, or that nobody shows, disturb nothing`() async throws {
    for clock in [{ $0 < 3 ? 4000 : 2000 }, { $0 < 3 ? 4000 : nil }] as [@Sendable (Int) -> Double?] {
      let (measurement, outcome) = try await measure(Paper(["one": 1, "two": 0.51]), clock: clock)
      guard case .passed = outcome else { Issue.record("\(outcome)"); return }
      #expect(measurement.setAside.isEmpty)
    }
  }

  @Test func `disturbed runs are set aside, repeated and named`() async throws {
    let paper = Paper(["one": 1, "two": 0.51], disturbances: [0, 0, 0.4, 0, 0, 0.4, 0.4])
    let (measurement, outcome) = try await measure(paper)
    guard case .passed(let evidence) = outcome else { Issue.record("\(outcome)"); return }
    #expect(measurement.setAside.map(\.count) == [3])
    #expect(evidence.contains("3 of 11 timed runs were set aside: other programs used the CPUs (3)."))
    #expect(measurement.judgedEvidence.pairs.count == 3)
  }

  @Test func `a machine that is always busy decides nothing`() async throws {
    let paper = Paper(["one": 1, "two": 1], disturbances: Array(repeating: 0.65, count: 1000))
    let (_, outcome) = try await measure(paper)
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(reason.contains("only 0 undisturbed pairs"))
    #expect(reason.contains("other programs used the CPUs"))
  }

  @Test func `where no run is quiet they count with what others may have taken`() async throws {
    let busy = Array(repeating: 0.4, count: 1000)
    for (seconds, isPassed) in [(0.3, true), (4.0, false)] {
      let paper = Paper(["one": 1, "two": seconds], disturbances: busy)
      let (measurement, outcome) = try await measure(paper, budget: 300)
      switch outcome {
      case .passed: #expect(isPassed)
      case .failed: #expect(!isPassed)
      case .skipped(let reason): Issue.record("\(reason)")
      }
      #expect(measurement.setAside.map(\.count) == [4])
    }
    let (_, outcome) = try await measure(Paper(["one": 1, "two": 1], disturbances: busy))
    guard case .skipped = outcome else { Issue.record("\(outcome)"); return }
  }

  @Test func `one CPU can't show a speedup`() async throws {
    let (measurement, outcome) = try await measure(Paper([:]), topology: CPUTopology(cores: [[0]]))
    #expect(outcome == .skipped("A speedup can't be shown here: there is only one usable CPU."))
    #expect(measurement.runs.map(\.scenario) == ["one", "two"])
  }

  @Test(arguments: [0.5, 1.0])
  func `half a CPU, or one of two, can't show a speedup either`(_ quota: Double) async throws {
    let paper = Paper(["one": 1, "two": 1])
    let (_, outcome) = try await measure(paper, topology: CPUTopology(cores: [[0], [1]], quota: quota))
    let shown = quota == 0.5 ? "0.50" : "1.00"
    #expect(outcome == .skipped("A speedup can't be shown here: the control group allows only \(shown) CPUs."))
  }

  @Test func `what a quota allows is the most that can be attained, however short the spinner's work is`() async throws
  {
    let topology = CPUTopology(cores: [[0], [1]], quota: 1.7)
    let (measurement, outcome) = try await measure(Paper(["one": 1, "two": 0.6]), atLeast: 1.69, topology: topology)
    #expect(measurement.attainable.allSatisfy { $0 == 1.7 })
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(reason.contains("work that is perfectly parallel only 1.70 times"))
  }

  @Test func `CPUs that give too little can't show it either`() async throws {
    let spinner = Spinner.Sample(alone: 0.04, together: 0.064, count: 2)
    let (_, outcome) = try await measure(Paper([:], spinner: spinner))
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(reason.contains("perfectly parallel only 1.25 times; at least 1.40 times"))
  }

  @Test func `the start-up is taken off both sides`() async throws {
    // With it 1.2 / 0.9 is 1.33; without it the program is 1.43 times as fast.
    let (measurement, outcome) = try await measure(Paper(["one": 1, "two": 0.7], startUp: 0.2), atLeast: 1.36)
    guard case .passed = outcome else { Issue.record("\(outcome)"); return }
    #expect(abs(measurement.startUp - 0.2) < 1e-9 && abs(measurement.work - 1) < 1e-6)
    #expect(measurement.judgedEvidence.estimate.map { abs($0 - 1 / 0.7) < 1e-6 } == true)
  }

  @Test func `a single worker that was fast only once earns nothing`() async throws {
    // Its first run is chosen, being the fastest; from then on it dawdles.
    let paper = Paper(["one": 2, "two": 1, "reference": 1], factors: [0.4, 1] + Array(repeating: 1, count: 200))
    let (measurement, outcome) = try await measure(paper, baselines: ["one", "reference"])
    #expect(measurement.baseline.scenario == "one" && measurement.reference == "reference")
    guard case .failed = outcome else { Issue.record("\(outcome)"); return }
    let report = SpeedupReport(measurement, SpeedupCheck(plan: measurement.plan, demand: .atLeast(1.4)))
    #expect(report.pairs(of: "two") == measurement.judgedEvidence.pairs)
  }

  @Test func `one's own single worker counts where it is truly faster`() async throws {
    let paper = Paper(["one": 1, "two": 0.8, "reference": 1.5])
    let (_, outcome) = try await measure(paper, baselines: ["one", "reference"])
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(findings[0].message.contains("1.25 times as fast as with one worker"))
  }

  @Test func `a fast single worker that others disturbed in its first run counts all the same`() async throws {
    let paper = Paper(["one": 1, "two": 0.9, "reference": 2], disturbances: [0.6, 0.4])
    let (measurement, outcome) = try await measure(paper, baselines: ["one", "reference"])
    #expect(measurement.baseline.scenario == "one" && measurement.reference == "reference")
    guard case .failed = outcome else { Issue.record("\(outcome)"); return }
  }

  @Test func `others on the other hyperthreads of the leased cores disturb a run`() async throws {
    let asked = Mutex<Set<[Int]>>([])
    let (measurement, outcome) = try await measure(
      Paper(["one": 1, "two": 0.51]), topology: CPUTopology(cores: [[0, 4], [1, 5], [2, 6]]), cpus: [0, 1],
      busy: { cpus, run in
        asked.withLock { $0 = $0.union([cpus]) }
        // Busy during the third run alone, which is the first of a pair.
        return run >= 3 ? 1 : 0
      })
    guard case .passed = outcome else { Issue.record("\(outcome)"); return }
    #expect(asked.withLock { $0 } == [[4, 5]])
    #expect(measurement.setAside.map(\.reason) == ["other programs used the CPUs' other hyperthreads"])
    #expect(measurement.setAside.map(\.count) == [1])
  }

  @Test func `what comes before the first pair is never said to be set aside`() async throws {
    let paper = Paper(["one": 1, "two": 0.51], disturbances: [0.5, 0.5])
    let (measurement, _) = try await measure(paper)
    #expect(measurement.setAside.isEmpty)
  }

  @Test func `what a program without parallelism reaches too is not judged`() async throws {
    let paper = Paper(["one": 1, "two": 1], spinner: Spinner.Sample(alone: 0.04, together: 0.0615, count: 2))
    let (_, outcome) = try await measure(paper, demand: .efficiency(0.7), scales: true)
    guard case .skipped(let reason) = outcome else { Issue.record("\(outcome)"); return }
    #expect(reason.contains("1.30 times, so that only 0.91 times is asked for"))
  }

  @Test func `what the CPUs give is measured with more work where short samples scatter`() async throws {
    let hasty = [0.041, 0.062, 0.045].map { Spinner.Sample(alone: 0.04, together: $0, count: 2) }
    let steady = Spinner.Sample(alone: 0.16, together: 0.164, count: 2)
    let paper = Paper(["one": 2, "two": 1.9], spinner: steady, hasty: hasty)
    let (measurement, outcome) = try await measure(paper, scales: true)
    #expect(measurement.attainable.allSatisfy { $0 == steady.speedup })
    #expect(measurement.attainable.count >= SpeedupMeasurement.firstSamples)
    #expect(measurement.judgedEvidence.controls.count == measurement.attainable.count)
    guard case .failed = outcome else { Issue.record("\(outcome)"); return }
  }

  @Test func `samples stay short where the budget is`() async throws {
    let hasty = [0.041, 0.062, 0.045].map { Spinner.Sample(alone: 0.04, together: $0, count: 2) }
    let paper = Paper(["one": 1, "two": 0.5], hasty: hasty)
    let (measurement, _) = try await measure(paper, budget: 10, scales: true)
    #expect(Set(measurement.attainable) == Set(hasty.map { min(2, $0.speedup) }))
  }

  @Test func `waiting needs one CPU and no spinner`() async throws {
    let paper = Paper(["one": 1, "two": 0.51])
    let (measurement, outcome) = try await measure(paper, kind: .io, topology: CPUTopology(cores: [[0]]))
    guard case .passed = outcome else { Issue.record("\(outcome)"); return }
    #expect(measurement.attainable.isEmpty)
  }

  @Test func `the fastest baseline counts, so slowing one's own down earns nothing`() async throws {
    let paper = Paper(["one": 2, "two": 1, "reference": 1.02])
    let (measurement, outcome) = try await measure(paper, baselines: ["one", "reference"])
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(measurement.baseline.scenario == "reference")
    #expect(findings[0].message.contains("as fast as reference.py"))
  }

  /// Whole markings under noise, disturbed now and then, through session, evidence and check.
  @Test(arguments: NoiseModel.allCases)
  func `noisy sessions never decide wrongly`(_ model: NoiseModel) async throws {
    var decided = 0
    for seed in 0..<20 {
      for (speedup, isRight) in [(1.0, false), (1.9, true)] {
        let noise = Mutex(model.source(scale: 0.05, seed: UInt64(seed)))
        let plan = SpeedupPlan(baselines: ["one"], variants: ["two"], budget: 40)
        let check = SpeedupCheck(plan: plan, demand: .atLeast(1.4))
        let draw = { @Sendable (isParallel: Bool) in noise.withLock { $0.next(isParallel: isParallel) } }
        let session = SpeedupSession(
          plan: plan, checks: [check], scenarios: Self.scenarios, topology: CPUTopology(cores: [[0], [1]]),
          cpus: [0, 1],
          surroundings: SpeedupSession.Surroundings(
            run: { scenario, seed in
              let seconds = scenario.id == "one" ? draw(false) : draw(true) / speedup
              return makeRun(makeResult("\(seed)", wallTime: .seconds(seconds)), scenario: scenario.id)
            }, runEmpty: { nil },
            spin: { _, _, _ in Spinner.Sample(alone: 0.04 * draw(false), together: 0.04 * draw(true), count: 2) }))
        let outcome = check.judge(try await session.measure())
        switch outcome {
        case .passed: #expect(isRight)
        case .failed: #expect(!isRight)
        case .skipped: continue
        }
        decided += 1
      }
    }
    #expect(decided >= 30)
  }
}
