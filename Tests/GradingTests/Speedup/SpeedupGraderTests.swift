import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// Whole markings of exercises that measure speedup, with scripted runs and a scripted spinner.
struct SpeedupGraderTests {
  private static let scenarios = [
    Scenario(id: "small", arguments: ["small"]), Scenario(id: "one", arguments: ["one", "{seed}"], workers: 1),
    Scenario(id: "two", arguments: ["two", "{seed}"], workers: 2),
  ]

  /// An exercise with an output check and two tiers.
  private static var exercise: Exercise {
    let plan = SpeedupPlan(baselines: ["one"], variants: ["two"])
    let tiers = [1.3, 1.6].map { ratio in
      makeCheck(
        "speedup-\(ratio)x", points: 3, scenario: "two", check: SpeedupCheck(plan: plan, demand: .atLeast(ratio)))
    }
    return makeExercise(
      scenarios: scenarios, checks: [makeCheck(points: 4, scenario: "small", check: OutputCheck("right"))] + tiers)
  }

  /// Seconds of the two workers, by what the submission's file says.
  private static func executor() -> ScriptedExecutor {
    ScriptedExecutor { run in
      guard let scenario = run.command.arguments.dropFirst().first ?? run.command.arguments.first else {
        return makeResult()
      }
      let program = run.files.map { String(decoding: $0.contents, as: UTF8.self) }.joined()
      if run.command.arguments.contains("small") { return makeResult(program.contains("wrong") ? "no" : "right") }
      let seed = run.command.arguments.last ?? ""
      guard run.command.arguments.contains("two") else {
        return makeResult("\(seed)", wallTime: .seconds(scenario == "start-up" ? 0.01 : 1))
      }
      let speedup = program.contains("fast") ? 1.95 : program.contains("middling") ? 1.44 : 1.0
      return makeResult(program.contains("cheat") ? "0" : seed, wallTime: .seconds(1 / speedup))
    }
  }

  private static func grader(_ executor: ScriptedExecutor) -> Grader {
    Grader(
      exercise: exercise, language: ScriptedLanguage(), executor: executor,
      ledger: CPULedger(CPUTopology(cores: [[0], [1]])),
      spin: { _, _, _ in Spinner.Sample(alone: 0.04, together: 0.041, count: 2) })
  }

  private static func grade(_ files: [String: String], jobs: Int) async throws -> [SubmissionReport] {
    let folder = try TemporaryFolder(files)
    let grader = grader(executor())
    let empty = grader.emptyReport(
      started: Date(timeIntervalSince1970: 0), machine: Report.Machine(tier: .namespaces, language: grader.language))
    return await grader.gradeClass(try SubmissionFolder.list(folder.path), jobs: jobs, into: empty).submissions
  }

  @Test func `each tier is a check of its own, with its own points and picture`() async throws {
    let report = try await Self.grade(["s1.py": "middling"], jobs: 1)[0]
    #expect(report.checks.map(\.id) == ["output", "speedup-1.3x", "speedup-1.6x"])
    #expect(report.checks.map(\.points) == [4, 3, 0])
    #expect(report.verdict == .tooSlow)
    #expect(report.checks[1].speedup?.threshold == 1.3)
    #expect(report.checks[2].speedup?.threshold == 1.6)
  }

  @Test func `a program with wrong output is not timed and earns no points for speed`() async throws {
    let executor = Self.executor()
    let folder = try TemporaryFolder(["s1.py": "wrong but fast"])
    let report = try await Self.grader(executor).grade(SubmissionFolder.list(folder.path)[0])
    #expect(report.verdict == .wrongAnswer)
    #expect(report.points == 0)
    #expect(report.checks[1].status == .skipped)
    #expect(
      report.checks[1].evidence == ["The speedup was not measured: the program must first pass the check output."])
    #expect(!executor.runs.contains { $0.command.arguments.contains("two") })
  }

  @Test func `a program that is right on small data and wrong on the timed ones earns none either`() async throws {
    let report = try await Self.grade(["s1.py": "fast cheat"], jobs: 1)[0]
    #expect(report.verdict == .wrongAnswer)
    #expect(report.checks.map(\.points) == [4, 0, 0])
  }

  @Test func `a class gets the same verdicts with one job and with eight`() async throws {
    let kinds = ["fast", "slow", "middling", "wrong", "fast cheat"]
    let files = Dictionary(uniqueKeysWithValues: (0..<40).map { ("s\($0).py", "\(kinds[$0 % kinds.count]) \($0)") })
    let alone = try await Self.grade(files, jobs: 1)
    let together = try await Self.grade(files, jobs: 8)
    #expect(alone.map(\.id) == together.map(\.id))
    #expect(alone.map(\.verdict) == together.map(\.verdict))
    #expect(alone.map(\.points) == together.map(\.points))
    #expect(Set(alone.map(\.verdict)) == [.accepted, .tooSlow, .wrongAnswer])
  }

  @Test func `timed runs are pinned, and nothing else of ours runs meanwhile`() async throws {
    let watch = PinWatch()
    let inner = Self.executor()
    let executor = ScriptedExecutor { run in
      let isTimed = run.command.arguments.contains("one") || run.command.arguments.contains("two")
      watch.enter(isTimed: isTimed, cpus: run.command.cpus)
      await Task.yield()
      let result = try await inner.answer(run)
      watch.leave(isTimed: isTimed)
      return result
    }
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: (0..<12).map { ("s\($0).py", "fast \($0)") }))
    let grader = Self.grader(executor)
    let empty = grader.emptyReport(
      started: Date(timeIntervalSince1970: 0), machine: Report.Machine(tier: .namespaces, language: grader.language))
    let report = await grader.gradeClass(try SubmissionFolder.list(folder.path), jobs: 8, into: empty)
    #expect(report.submissions.allSatisfy { $0.verdict == .accepted })
    #expect(watch.problems.isEmpty)
    #expect(watch.timed > 60)
  }
}
