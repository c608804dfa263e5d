/// Why a submission cannot be run at all; the student's to mend, never a failure of the harness.
///
/// Paths are relative to the submission and already made visible.
public enum SubmissionProblem: Error, Sendable, Equatable {
  /// There is no program; with the files there are.
  case missing(entry: String, found: [String])
  /// The program has no text.
  case empty(String)
  /// Several files could be the program.
  case ambiguous(entry: String, candidates: [String])
  /// The program is an archive with files in it.
  case archive(String)
  /// The program is not UTF-8: the first byte that is not, counted from 0, and its place.
  case notUTF8(String, offset: Int, SourcePosition)
  /// The program, or the submission itself, is a symbolic link.
  case link(String)
  /// The program, or the submission itself, is a folder, a named pipe, a socket or a device.
  case notARegularFile(String, what: String)
  /// A file is too large, or with it all files together: its size and the limit in bytes.
  case tooLarge(String, size: Int, limit: Int)
  /// There are more files than anybody writes by hand.
  case tooManyFiles(limit: Int)
  /// Folders are nested too deep.
  case tooDeep(String, limit: Int)
  /// A file or folder cannot be read.
  case unreadable(String, reason: String)
  /// The program is neither a script with `#!` nor an executable.
  case notExecutable(String)
  /// The program is executable in name only.
  case cannotStart(String, reason: String)

  /// What it means for the submission.
  public var finding: Finding { Finding(.compileError, message, details: details) }

  /// One sentence: what is wrong.
  public var message: String {
    switch self {
    case .missing(let entry, _): "There is no \(entry), and no other file that could be the program."
    case .empty(let path): "\(path) is empty."
    case .ambiguous(let entry, _): "There is no \(entry), and several files could be the program."
    case .archive(let path): "\(path) is an archive, not a program."
    case .notUTF8(let path, let offset, let place):
      "\(path) is not UTF-8 text: byte \(offset), in line \(place.line), cannot be read."
    case .link(let path): "\(path) is a symbolic link, and links are not followed."
    case .notARegularFile(let path, let what): "\(path) is \(what), not a file."
    case .tooLarge(let path, let size, let limit):
      "\(path) has \(size) bytes, more than the \(Quantity.text(size: limit)) allowed."
    case .tooManyFiles(let limit): "There are more than \(limit) files and folders."
    case .tooDeep(let path, let limit): "\(path) is nested deeper than \(limit) folders."
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .notExecutable(let path): "\(path) is neither a program nor a script that begins with #!."
    case .cannotStart(let path, let reason): "\(path) cannot be started: \(reason)."
    }
  }

  /// What there is instead, and what to do.
  public var details: String {
    switch self {
    case .missing(let entry, let found):
      found.isEmpty ? "There are no files at all." : "Name your program \(entry). There are: \(found.shortList)."
    case .empty: "Was the right file handed in?"
    case .ambiguous(let entry, let candidates):
      "Name your program \(entry). It could be one of: \(candidates.shortList)."
    case .archive: "Unpack it and hand in the files."
    case .notUTF8: "Save the file with the encoding UTF-8."
    case .link, .notARegularFile: "Hand in the file itself."
    case .tooLarge, .tooManyFiles, .tooDeep:
      "Hand in only the files that you wrote: no virtual environment, no build products, no data sets."
    case .unreadable: "Its permissions may be wrong."
    case .cannotStart: "Is the interpreter in its first line, or the library it needs, part of every machine?"
    case .notExecutable: "Begin a script with a line such as #!/bin/sh."
    }
  }
}

extension [String] {
  /// The first names, and how many more there are.
  fileprivate var shortList: String {
    let rest = count > 10 ? " and \(count - 10) more" : ""
    return prefix(10).joined(separator: ", ") + rest
  }
}
