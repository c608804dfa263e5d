import Sandboxing

/// One student's files, read and found fit to be run.
public struct Submission: Sendable, Equatable {
  /// The name of its folder or file, made visible; student data.
  public var id: String
  /// The file that is run.
  public var program: SubmittedFile
  /// All other files.
  public var otherFiles: [SubmittedFile]
  /// What the student or teacher should know, though it costs nothing.
  public var notes: [String]

  /// A submission.
  public init(id: String, program: SubmittedFile, otherFiles: [SubmittedFile] = [], notes: [String] = []) {
    self.id = id
    self.program = program
    self.otherFiles = otherFiles
    self.notes = notes
  }
}

/// A file of a submission.
public struct SubmittedFile: Sendable, Equatable {
  /// Its path relative to the submission, any bytes; student data.
  public var path: [UInt8]
  /// What is in it.
  public var contents: [UInt8]
  /// Whether its owner may execute it.
  public var isExecutable: Bool

  /// A file of a submission.
  public init(path: String, contents: [UInt8], isExecutable: Bool = false) {
    self.path = Array(path.utf8)
    self.contents = contents
    self.isExecutable = isExecutable
  }

  init(path: [UInt8], _ contents: SafeFile.Contents) {
    self.path = path
    self.contents = contents.bytes
    self.isExecutable = contents.isExecutable
  }

  /// Its path for people.
  public var visiblePath: String { String(visible: path) }

  /// Its path as text; nil where it is not UTF-8.
  public var textPath: String? { String(validating: path, as: UTF8.self) }

  /// The name without folders.
  var name: ArraySlice<UInt8> { path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...] }

  /// The folder it is in, without a slash at the end; empty at the top.
  var folder: ArraySlice<UInt8> { path[..<max(0, name.startIndex - 1)] }
}
