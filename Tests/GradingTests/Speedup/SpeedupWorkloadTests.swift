import Foundation
import Grading
import TestSupport
import Testing

/// Exercises whose work is too small to be timed.
struct SpeedupWorkloadTests {
  private func problem(work: Double, startUp: Double, verdict: Verdict = .accepted, isMeasured: Bool = true) -> String?
  {
    let exercise = makeExercise(scenarios: [Scenario(id: "one", arguments: ["1{seed}", "5000"])])
    let point = SpeedupReport.Point(scenario: "two", workers: 2, speedup: 1, low: nil, high: nil, pairs: 3)
    let speedup = SpeedupReport(
      kind: .cpu, baseline: "one", judged: "two", cpus: [0, 1], attainable: 1.9, threshold: 1.4, startUp: startUp,
      work: work,
      points: isMeasured ? [point] : [], runs: [])
    let check = CheckReport(
      id: "speedup", title: "Speedup", kind: "speedup", status: .passed, points: 1, maximumPoints: 1, speedup: speedup)
    let submission = SubmissionReport(
      id: "a", verdict: verdict, points: 1, maximumPoints: 1, checks: [check], duration: 1)
    let report = Report(
      version: "1", started: Date(timeIntervalSince1970: 0), exercise: exercise.id, title: "", maximumPoints: 1,
      machine: Report.Machine(
        tier: "B", tierTitle: "", interpreter: "", interpreterVersion: "", kernel: "", cpus: 2),
      submissions: [submission])
    return SpeedupWorkload.problem(in: report, of: exercise)
  }

  @Test func `work of under twenty times the start-up is refused with the number to raise`() throws {
    let said = try #require(self.problem(work: 0.3, startUp: 0.03))
    #expect(said.contains("takes 0.3 s, only 10 times as long as starting the program (0.03 s)"))
    #expect(said.contains("at least 2 times as much work, 0.6 s"))
    #expect(said.contains("1{seed} 5000"))
  }

  @Test func `enough work is not, nor what was not measured`() {
    #expect(problem(work: 0.7, startUp: 0.03) == nil)
    #expect(problem(work: 0, startUp: 0.03, isMeasured: false) == nil)
    #expect(problem(work: 0.7, startUp: 0) == nil)
  }

  @Test func `work that is lost in the start-up is refused most of all`() throws {
    let said = try #require(problem(work: -0.001, startUp: 0.03))
    #expect(said.contains("takes 0 s, only 0 times as long") && said.contains("at least 200 times as much work"))
  }

  @Test func `timed data that are the same in each run are refused`() throws {
    let plan = SpeedupPlan(baselines: ["one"], variants: ["two"])
    func problem(_ second: Scenario) -> String? {
      let check = SpeedupCheck(plan: plan, demand: .atLeast(1.5))
      return SpeedupWorkload.problem(
        in: makeExercise(
          scenarios: [Scenario(id: "one", arguments: ["{seed}"]), second, Scenario(id: "untimed")],
          checks: [makeCheck("speedup", scenario: "two", check: check)]))
    }
    #expect(problem(Scenario(id: "two", input: "7 {seed}\n")) == nil)
    #expect(
      try #require(problem(Scenario(id: "two", arguments: ["7"]))).contains("the timed scenario two are the same"))
  }

  @Test func `a slow submission's own baseline says nothing of the exercise`() {
    #expect(problem(work: 0.3, startUp: 0.03, verdict: .tooSlow) == nil)
  }
}
