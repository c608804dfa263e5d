import Glibc
import Grading
import Sandboxing
import TestSupport
import Testing

struct JudgeErrorTests {
  private static let failure = SandboxError.keeperFailed("it died.")

  @Test func `a failure of the sandbox is a judge error of that submission only`() async throws {
    let executor = ScriptedExecutor { run in
      if run.contents(of: "run/program.py", in: .harness) == "break it" { throw Self.failure }
      return makeResult("right")
    }
    let harness = try GraderHarness(
      executor, exercise: makeExercise(checks: [makeCheck("a"), makeCheck("b")]),
      files: ["s1.py": "x", "s2.py": "break it", "s3.py": "x"])
    let report = try await harness.classReport()
    #expect(report.submissions.map(\.verdict) == [.accepted, .judgeError, .accepted])
    let broken = report.submissions[1]
    #expect(broken.points == 0 && broken.maximumPoints == 20)
    #expect(broken.checks.map(\.status) == [.error, .error])
    #expect(broken.checks[0].evidence == ["The keeper failed: it died."])
    #expect(executor.runs.count { $0.contents(of: "run/program.py", in: .harness) == "break it" } == 1)
    #expect(executor.openContainers == 0)
    #expect(!report.isInterrupted)
  }

  @Test func `a container that cannot be made is a judge error`() async throws {
    struct NoContainers: Executor {
      func makeContainer(_ configuration: ContainerConfiguration) async throws -> any Container {
        throw SandboxError.notContainable("there are no user namespaces.")
      }
    }
    let folder = try TemporaryFolder(["s1.py": "x"])
    let grader = Grader(exercise: makeExercise(), language: ScriptedLanguage(), executor: NoContainers()) {
      makeTrace($0)
    }
    let report = try await grader.grade(SubmissionReference(path: folder.path("s1.py")))
    #expect(report.verdict == .judgeError)
    #expect(report.checks[0].evidence == ["This machine cannot contain a run: there are no user namespaces."])
  }

  @Test func `a build that fails for no reason of the program's is a judge error`() async throws {
    let executor = ScriptedExecutor(
      plain: [makeResult("right")], build: makeResult("", .signaled(9, coreDumped: false)))
    #expect(try await GraderHarness(executor).report().verdict == .judgeError)
  }

  @Test func `an interpreter that cannot be started is a judge error`() async throws {
    let executor = ScriptedExecutor(plain: [makeResult("", .notStarted(stage: "execve", errno: ENOENT))])
    let report = try await GraderHarness(executor).report()
    #expect(report.verdict == .judgeError)
    #expect(
      report.checks[0].evidence == [
        "Starting /usr/bin/scripted failed: execve reported ENOENT (No such file or directory)."
      ])
  }

  @Test(arguments: [
    (ENOENT, "execve", Verdict.compileError), (EAGAIN, "execve", .judgeError), (ENOENT, "chdir", .judgeError),
  ])
  func `a student's own file that cannot be started is the student's to mend`(
    errno: Int32, stage: String, verdict: Verdict
  ) async throws {
    let executor = ScriptedExecutor { run in
      run.kind == .build ? makeResult() : makeResult("", .notStarted(stage: stage, errno: errno))
    }
    let report = try await GraderHarness(executor, language: ScriptedLanguage(startsStudentFile: true)).report()
    #expect(report.verdict == verdict)
    if verdict == .compileError {
      #expect(report.checks[0].findings[0].message == "start cannot be started: No such file or directory.")
    }
  }
}
