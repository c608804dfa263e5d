import Foundation
import Grading
import TestSupport
import Testing

@testable import threadmark

/// The reference submissions of exercises that measure speedup.
///
/// Other tests may run beside these, so that the machine may not be able to tell how fast a program is. What is timed may
/// then be left open; it never gets a wrong verdict, and what needs no timing gets its verdict on any machine.
@Suite(.requiresSandbox, .requiresPython)
struct TimedReferenceTests {
  private static func expectations(_ exercise: String) -> [ReferenceSubmissionTests.Expectation] {
    let folder = "\(Repository.root)/exercises/\(exercise)"
    let cases = (try? ReferenceSubmissions(exercise: folder))?.cases ?? []
    return cases.map { .init(exercise: exercise, path: $0.path, verdict: $0.expected) }
  }

  /// Whether the kernel keeps an account of what processes read and write.
  private static let tellsOfPipes = FileManager.default.fileExists(atPath: "/proc/self/io")

  /// A part of the sentence that explains why a submission is too slow.
  private static let causes = [
    "keeps_results_for_the_next_run": "work done more than once, or none at all",
    "pieces_too_small": tellsOfPipes ? "reads and writes moved some " : "The pieces of work are so small",
    "sends_all_numbers_with_each_piece": tellsOfPipes
      ? " MB went through pipes between its processes" : "CPU time",
    "slows_the_single_worker_down": "work done more than once, or none at all",
    "keeps_pages_for_the_next_run": "No more than 2 threads were there at the same time",
    "pool_of_two": "No more than 2 threads were there at the same time",
  ]

  /// Less to compute, though still more than twenty times the start-up.
  private static func shortened(_ exercise: Exercise) -> Exercise {
    var exercise = exercise
    for index in exercise.scenarios.indices {
      exercise.scenarios[index].arguments = exercise.scenarios[index].arguments.map { $0 == "100000" ? "80000" : $0 }
    }
    return exercise
  }

  private static func check(_ expectation: ReferenceSubmissionTests.Expectation) async throws {
    var exercise = try Marking.exercise(in: "\(Repository.root)/exercises/\(expectation.exercise)")
    let isTimed = [.accepted, .tooSlow].contains(expectation.verdict)
    if isTimed { exercise = shortened(exercise) }
    // What is found without timing must be found without it; `SpeedupCauseTests` and `ci/flips speedup` time these too.
    if expectation.verdict == .notConcurrent { exercise.checks.removeAll { $0.check is SpeedupCheck } }
    let marking = try await Marking(exercise, python: nil, tier: nil)
    let report = try await marking.grader.grade(SubmissionReference(path: expectation.path))
    let said = report.checks.flatMap { $0.findings.map(\.message) + $0.evidence }.joined(separator: " ")
    if isTimed, report.verdict == .inconclusive {
      print("LEFT OPEN: \(expectation.path): \(said)")
      #expect(report.points < report.maximumPoints)
    } else {
      #expect(report.verdict == expectation.verdict, "\(said)")
      #expect((report.points == report.maximumPoints) == (expectation.verdict == .accepted))
    }
    guard report.verdict == .tooSlow else { return }
    let name = URL(filePath: expectation.path).deletingPathExtension().lastPathComponent
    let cause = try #require(causes[name], "\(name) has no explanation that is expected")
    let explanation = report.checks.flatMap { $0.findings.map(\.details) }.joined(separator: "\n")
    #expect(explanation.contains(cause), "\(explanation) \(report.checks.last?.speedup?.facts as Any)")
  }

  /// Not one after the other: each needs one CPU, and the ledger says who has it.
  @Suite struct Waiting {
    @Test(arguments: expectations("io-bound-threads"))
    func `a program that waits is never judged wrongly`(
      _ expectation: ReferenceSubmissionTests.Expectation
    ) async throws {
      try await check(expectation)
    }
  }

  @Suite(.serialized) struct Computing {
    @Test(arguments: expectations("cpu-bound-processes"))
    func `a program that computes is never judged wrongly`(
      _ expectation: ReferenceSubmissionTests.Expectation
    ) async throws {
      try await check(expectation)
    }
  }

  @Test func `there are submissions for the verdicts that timing gives`() {
    for exercise in ["io-bound-threads", "cpu-bound-processes"] {
      let verdicts = Set(Self.expectations(exercise).map(\.verdict))
      #expect(verdicts.isSuperset(of: [.accepted, .tooSlow, .notConcurrent, .wrongAnswer, .runTimeError]))
    }
  }
}
