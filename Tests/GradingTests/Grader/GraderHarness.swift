import Foundation
import Grading
import Sandboxing
import TestSupport

/// A class in a temporary folder, a grader with scripted runs, and what came of it.
struct GraderHarness {
  let folder: TemporaryFolder
  let executor: ScriptedExecutor
  let grader: Grader

  /// A class of these files, `s1.py` alone unless told otherwise.
  init(
    _ executor: ScriptedExecutor, exercise: Exercise = makeExercise(),
    files: [String: String] = ["s1.py": "print('right')"], language: any Language = ScriptedLanguage()
  ) throws {
    folder = try TemporaryFolder(files)
    self.executor = executor
    grader = Grader(exercise: exercise, language: language, executor: executor) { makeTrace($0) }
  }

  /// Marks the first submission of the class.
  func report() async throws -> SubmissionReport {
    try await grader.grade(SubmissionFolder.list(folder.path)[0])
  }

  /// Marks the class.
  func classReport(jobs: Int = 2, onFinished: (SubmissionReport) async -> Void = { _ in }) async throws -> Report {
    let empty = grader.emptyReport(
      started: Date(timeIntervalSince1970: 0), machine: Report.Machine(tier: .namespaces, language: grader.language))
    return await grader.gradeClass(
      try SubmissionFolder.list(folder.path), jobs: jobs, into: empty, onFinished: onFinished)
  }
}

/// A language like Python of which nothing needs to be installed.
struct ScriptedLanguage: Language {
  static let name = "scripted"
  let fileExtensions = ["py"]
  let maximumProgramSize = 1 << 20
  let interpreter = "/usr/bin/scripted"
  let interpreterVersion = "Scripted 1.0"
  let readable = ["/opt/scripted"]
  var startsStudentFile = false
  var notes: [String] = []

  func inspect(_ program: SubmittedFile) throws(SubmissionProblem) {
    if program.contents.isEmpty { throw .empty(program.visiblePath) }
  }

  func prepare(_ submission: Submission) -> Program {
    Program(
      files: [ContainerFile(path: "run/program.py", in: .harness, contents: submission.program.contents)],
      executable: startsStudentFile ? "/work/start" : interpreter,
      arguments: ["/threadmark/run/program.py"],
      build: BuildStep(
        command: Command(executable: interpreter, arguments: ["--compile"]), files: [], limits: Limits()
      ) { result throws(BuildError) in
        switch result.termination {
        case .exited(0): nil
        case .exited(1): Finding(.compileError, String(decoding: result.output, as: UTF8.self))
        default: throw BuildError("The compiler ended with \(result.termination).")
        }
      },
      notes: notes, startsStudentFile: startsStudentFile)
  }
}
