import Foundation
import Sandboxing

extension Submission {
  /// Reads a submission and finds out which of its files is the program.
  /// - Parameters:
  ///   - reference: where it is.
  ///   - entry: the file name that the exercise asks for.
  ///   - language: what it is written in.
  /// - Returns: a submission that can be run.
  /// - Throws: `SubmissionProblem` when there is nothing to run.
  public static func read(
    _ reference: SubmissionReference, entry: String, language: any Language
  ) throws(SubmissionProblem) -> Submission {
    let submission: Submission
    switch try open(reference, atMost: language.maximumProgramSize) {
    case .file(let contents):
      submission = Submission(id: reference.id, program: SubmittedFile(path: reference.fileName, contents))
    case .folder(let folder):
      let choice = ProgramChoice(entry: entry, extensions: language.fileExtensions)
      submission = try choice.submission(SubmissionFiles(folder), id: reference.id)
    }
    try check(submission.program, language)
    return submission
  }

  private static func check(_ program: SubmittedFile, _ language: any Language) throws(SubmissionProblem) {
    guard program.contents.count <= language.maximumProgramSize else {
      throw .tooLarge(program.visiblePath, size: program.contents.count, limit: language.maximumProgramSize)
    }
    try language.inspect(program)
  }

  /// The file or folder that a submission is.
  private enum Opened: ~Copyable {
    case file(SafeFile.Contents)
    case folder(SafeFolder)
  }

  private static func open(
    _ reference: SubmissionReference, atMost limit: Int
  ) throws(SubmissionProblem) -> Opened {
    do {
      switch reference.location {
      case .path(let path): return try open(path, atMost: limit)
      case .entry(let folder, let name):
        let parent = try SafeFolder(path: folder)
        guard try parent.kind(of: name) == .folder else {
          return .file(try parent.contents(of: name, atMost: limit))
        }
        return .folder(try parent.folder(name))
      }
    } catch {
      throw SubmissionProblem(error, visiblePath: reference.id)
    }
  }

  private static func open(_ path: String, atMost limit: Int) throws(SafeFileError) -> Opened {
    do {
      return .file(try SafeFile.contents(path: path, atMost: limit))
    } catch .notAFile(.folder) {
      return .folder(try SafeFolder(path: path))
    }
  }
}

extension SubmissionReference {
  /// The name of the file that the submission is.
  fileprivate var fileName: [UInt8] {
    switch location {
    case .path(let path): Array(URL(fileURLWithPath: path).lastPathComponent.utf8)
    case .entry(_, let name): name
    }
  }
}
