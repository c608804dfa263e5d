import Foundation
public import Sandboxing

/// Where a submission is and what it is called, before anything of it is read.
public struct SubmissionReference: Sendable, Equatable {
  /// The name of its folder or file, made visible; student data.
  public var id: String
  let location: Location

  /// The ways to name a submission.
  enum Location: Sendable, Equatable {
    /// A path that the user named; links in it are followed.
    case path(String)
    /// A name in a folder of submissions; it is never followed when it is a link.
    case entry(folder: String, name: [UInt8])
  }

  /// A submission that the user named.
  /// - Parameter path: its file or folder.
  public init(path: String) {
    id = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent.visible
    location = .path(path)
  }

  init(folder: String, name: [UInt8]) {
    id = String(visible: name)
    location = .entry(folder: folder, name: name)
  }
}

/// A folder with one folder or file for each student.
public enum SubmissionFolder {
  /// The most submissions of one class.
  static let maximumCount = 100_000

  /// Finds the submissions of a class.
  /// - Parameter path: the folder.
  /// - Returns: one for each name that does not begin with a dot, in natural order: `s2` before `s10`.
  /// - Throws: `SubmissionFolderError` when the folder cannot be listed.
  public static func list(_ path: String) throws(SubmissionFolderError) -> [SubmissionReference] {
    do {
      return try SafeFolder(path: path).entries(atMost: maximumCount)
        .map(\.name)
        .filter { $0.first != UInt8(ascii: ".") }
        .sorted(by: NaturalOrder.precedes)
        .map { SubmissionReference(folder: path, name: $0) }
    } catch {
      throw SubmissionFolderError(path: path, cause: error)
    }
  }
}

/// Why the submissions of a class could not be listed.
public struct SubmissionFolderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder, as the user named it.
  public var path: String
  /// What went wrong.
  public var cause: SafeFileError

  /// A full sentence.
  public var description: String { "The submissions in \(path.quoted) cannot be listed: \(cause)." }
}
