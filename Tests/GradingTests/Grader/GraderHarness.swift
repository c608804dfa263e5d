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
    grader = Grader(exercise: exercise, language: language, executor: executor)
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
