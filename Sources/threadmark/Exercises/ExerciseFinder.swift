import Foundation
import Grading

/// Finds the exercise that a submission belongs to.
///
/// The exercise that was named; else the one in whose folder the submission lies; else the only one whose program has a
/// name that the submission has a file of.
struct ExerciseFinder {
  let library: ExerciseLibrary
  /// The file name that an exercise's program has; nil for an exercise that cannot be read.
  var entryName: (_ folder: String) -> String? = { try? Exercise.load(folder: $0).entry }

  /// The folder of the submission's exercise.
  /// - Parameters:
  ///   - submission: the path of a file or folder.
  ///   - name: the id or folder of the exercise, where it was named.
  /// - Returns: a folder with an `exercise.yaml`.
  /// - Throws: `CommandFailure` when there is no such submission, or none or several exercises to choose from.
  func folder(forSubmission submission: String, named name: String?) throws -> String {
    guard FileManager.default.fileExists(atPath: submission) else {
      throw CommandFailure.usage("There is no file or folder \(submission).")
    }
    if Folder.isExercise(submission) {
      throw CommandFailure.usage(
        "\(submission) is an exercise, not a submission to it. Name a program or a folder with one; "
          + "threadmark verify checks the exercise itself.")
    }
    if let name { return try library.folder(named: name) }
    let path = Folder.absolute(submission)
    if let folder = Folder.ancestors(of: path).dropFirst().first(where: Folder.isExercise) { return folder }
    return try folder(byNamesOf: submission)
  }

  private func folder(byNamesOf submission: String) throws -> String {
    let names = Set(
      Folder.exists(submission)
        ? (try? FileManager.default.contentsOfDirectory(atPath: submission)) ?? []
        : [(Folder.absolute(submission) as NSString).lastPathComponent])
    let candidates = library.entries.filter { entry in entryName(entry.folder).map(names.contains) ?? false }
    if let only = candidates.first, candidates.count == 1 { return only.folder }
    let advice = "Say which exercise it is for with --exercise."
    if candidates.isEmpty {
      throw CommandFailure.usage("No exercise asks for a file named as in \(submission). \(advice) \(library.known)")
    }
    let ids = candidates.map(\.id).joined(separator: ", ")
    throw CommandFailure.usage("\(submission) may be for any of these exercises: \(ids). \(advice)")
  }
}
