import Grading
import Sandboxing
import TestSupport
import Testing

struct FlakyTests {
  private func report(_ outputs: [String], check: any Check = OutputCheck("right")) async throws -> SubmissionReport {
    let exercise = makeExercise(
      scenarios: [Scenario(id: "plain", repetitions: outputs.count)], checks: [makeCheck(check: check)])
    return try await GraderHarness(
      ScriptedExecutor(plain: outputs.map { makeResult($0) }), exercise: exercise
    ).report()
  }

  @Test func `a program that is wrong in some runs is flaky, with the first wrong run as the evidence`() async throws {
    let report = try await report(["right", "wrong", "right", "worse", "right"])
    let check = report.checks[0]
    #expect(report.verdict == .flaky)
    #expect(report.points == 0)
    #expect(check.status == .failed)
    #expect(check.attempts == 5 && check.failedAttempts == 2)
    #expect(
      check.findings == [
        Finding(
          .flaky, "2 of 5 runs printed something wrong (95 % interval 12 to 77 %): The output is not right.",
          details: """
            It is wrong.
            The first of them was run 2, on one CPU.
            threadmark check --seed 1 runs it with the same settings again.
            """,
          counterExample: [Finding.Line(number: 1, text: "wrong")], attempt: 2)
      ])
    #expect(check.output == "wrong")
  }

  @Test func `a program that is wrong in every run is not flaky`() async throws {
    let report = try await report(["wrong", "worse"])
    #expect(report.verdict == .wrongAnswer)
    #expect(report.checks[0].failedAttempts == 2)
    #expect(report.checks[0].output == "wrong")
  }

  @Test func `a check that fails only on the runs together is not flaky`() async throws {
    /// Passes each run alone.
    struct TogetherCheck: Check {
      static let name = "together"
      let needsStretchedRun = false
      func judge(_ runs: [Run]) -> CheckOutcome {
        runs.count == 1 ? .passed(evidence: []) : .failed([Finding(.wrongAnswer, "They differ.")])
      }
    }
    let report = try await report(["a", "b"], check: TogetherCheck())
    #expect(report.verdict == .wrongAnswer)
    #expect(report.checks[0].failedAttempts == 0)
    #expect(report.checks[0].output == "a")
  }

  @Test func `a check that passes on the runs together passes, however each did alone`() async throws {
    /// Wants one run of all to print `seen`.
    struct SeenCheck: Check {
      static let name = "seen"
      let needsStretchedRun = false
      func judge(_ runs: [Run]) -> CheckOutcome {
        runs.contains { $0.trace.transcript == "seen" }
          ? .passed(evidence: ["seen"]) : .failed([Finding(.notConcurrent, "It was never seen.")])
      }
    }
    let report = try await report(["no", "seen", "no"], check: SeenCheck())
    #expect(report.verdict == .accepted)
    #expect(report.points == 10)
  }

  @Test func `a stretched run that fails does not make a program flaky`() async throws {
    /// Fails on stretched runs.
    struct StretchedCheck: Check {
      static let name = "stretched"
      let needsStretchedRun = true
      func judge(_ runs: [Run]) -> CheckOutcome {
        runs.contains { $0.mode == .stretched }
          ? .failed([Finding(.notConcurrent, "Nobody was held.")]) : .passed(evidence: [])
      }
    }
    let report = try await report(["a", "a"], check: StretchedCheck())
    #expect(report.verdict == .notConcurrent)
    #expect(report.checks[0].attempts == 3 && report.checks[0].failedAttempts == 1)
  }
}
