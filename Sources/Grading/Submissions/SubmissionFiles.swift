import Sandboxing

/// Collects the files of a submission's folder, within limits and without following a link.
struct SubmissionFiles {
  static let maximumEntries = 200
  static let maximumSize = 16 << 20
  static let maximumDepth = 16

  /// Folders that tools leave behind and nobody hands in on purpose.
  private static let leftOut: Set<[UInt8]> = [Array("__pycache__".utf8), Array("__MACOSX".utf8)]

  /// The files, in the order of their paths.
  private(set) var files: [SubmittedFile] = []
  /// What is neither a file nor a folder: its path and kind.
  private(set) var refused: [(path: [UInt8], kind: SafeFile.Kind)] = []
  /// The paths of all folders.
  private(set) var folders: [[UInt8]] = []
  private var entryCount = 0
  private var size = 0

  /// Reads everything below a folder.
  init(_ folder: borrowing SafeFolder) throws(SubmissionProblem) {
    try collect(folder, path: [], depth: 1)
  }

  private mutating func collect(
    _ folder: borrowing SafeFolder, path: [UInt8], depth: Int
  ) throws(SubmissionProblem) {
    for entry in try entries(folder, path: path) where entry.name.first != UInt8(ascii: ".") {
      let entryPath = path.isEmpty ? entry.name : path + [UInt8(ascii: "/")] + entry.name
      switch entry.kind {
      case .file: try read(folder, entry.name, path: entryPath)
      case .folder where Self.leftOut.contains(entry.name): continue
      case .folder:
        guard depth < Self.maximumDepth else {
          throw .tooDeep(String(visible: entryPath), limit: Self.maximumDepth)
        }
        folders.append(entryPath)
        try collect(try open(folder, entry.name, path: entryPath), path: entryPath, depth: depth + 1)
      case .link, .other: refused.append((entryPath, entry.kind))
      }
    }
  }

  private mutating func entries(
    _ folder: borrowing SafeFolder, path: [UInt8]
  ) throws(SubmissionProblem) -> [SafeFolder.Entry] {
    do {
      let entries = try folder.entries(atMost: Self.maximumEntries - entryCount)
      entryCount += entries.count
      return entries
    } catch {
      throw SubmissionProblem(error, path: path)
    }
  }

  private func open(
    _ folder: borrowing SafeFolder, _ name: [UInt8], path: [UInt8]
  ) throws(SubmissionProblem) -> SafeFolder {
    do { return try folder.folder(name) } catch { throw SubmissionProblem(error, path: path) }
  }

  private mutating func read(
    _ folder: borrowing SafeFolder, _ name: [UInt8], path: [UInt8]
  ) throws(SubmissionProblem) {
    do {
      let contents = try folder.contents(of: name, atMost: Self.maximumSize)
      size += contents.bytes.count
      files.append(SubmittedFile(path: path, contents))
    } catch {
      throw SubmissionProblem(error, path: path)
    }
    guard size <= Self.maximumSize else {
      throw .tooLarge("All that was handed in", size: size, limit: Self.maximumSize)
    }
  }
}

extension SubmissionProblem {
  /// What a failure to read means for the submission.
  init(_ error: SafeFileError, visiblePath path: String) {
    self =
      switch error {
      case .notAFile(.link): .link(path)
      case .notAFile(.folder): .notARegularFile(path, what: "a folder")
      case .notAFile(.other(let what)): .notARegularFile(path, what: what)
      case .tooLarge(let size, let limit): .tooLarge(path, size: size, limit: limit)
      case .tooManyEntries: .tooManyFiles(limit: SubmissionFiles.maximumEntries)
      case .notAFile(.file), .systemCall: .unreadable(path, reason: error.description)
      }
  }

  fileprivate init(_ error: SafeFileError, path: [UInt8]) {
    self.init(error, visiblePath: path.isEmpty ? "The folder" : String(visible: path))
  }
}
