import Sandboxing

/// Python programs, run by the real interpreter under the eyes of the witness.
struct Python: Language {
  static let name = "python"
  let fileExtensions = ["py"]
  let maximumProgramSize = 1 << 20
  let variations: RunVariations = [.switchInterval, .startDelays, .hashSeed]
  let interpreter: String
  let interpreterVersion: String
  var isFreeThreaded: Bool { interpreterVersion.hasSuffix(Self.freeThreaded) }
  let readable: [String]
  /// The names of all modules that come with the interpreter.
  let standardModules: Set<String>
  /// The witness, and beside it what the interpreter makes of it, where that could be made beforehand.
  let witness: [ContainerFile]

  /// How the version of a build without the global lock ends.
  static let freeThreaded = " (free-threaded)"

  /// How zip, gzip, 7-Zip, xz and RAR files begin.
  private static let archives: [[UInt8]] = [
    [0x50, 0x4b, 3, 4], [0x1f, 0x8b], [0x37, 0x7a, 0xbc, 0xaf], [0xfd, 0x37, 0x7a, 0x58], Array("Rar!".utf8),
  ]

  init(
    interpreter: String, version: String, readable: [String], standardModules: Set<String>,
    compiledWitness: ContainerFile? = nil
  ) {
    witness = Witness.files + (compiledWitness.map { [$0] } ?? [])
    self.interpreter = interpreter
    self.interpreterVersion = version
    self.readable = readable
    self.standardModules = standardModules
  }

  func inspect(_ program: SubmittedFile) throws(SubmissionProblem) {
    let source = program.contents
    let blank = Set(" \t\r\n\u{c}\u{feff}".utf8)
    if source.allSatisfy(blank.contains) { throw .empty(program.visiblePath) }
    if Self.archives.contains(where: source.starts) { throw .archive(program.visiblePath) }
    guard let offset = source.firstInvalidUTF8, !Self.declaresOtherEncoding(source) else { return }
    throw .notUTF8(program.visiblePath, offset: offset, SourcePosition(ofByte: offset, in: source))
  }

  /// Whether the first two lines name an encoding (PEP 263); then the interpreter is the one to judge the bytes.
  private static func declaresOtherEncoding(_ source: [UInt8]) -> Bool {
    let lines = source.prefix(4096).split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    return lines.prefix(2).contains { line in
      let text = String(decoding: line, as: UTF8.self)
      guard let match = text.prefixMatch(of: /[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/) else { return false }
      return !["utf-8", "utf8", "utf_8"].contains(match.1.lowercased())
    }
  }

  var emptyProgram: Program? {
    prepare(Submission(id: "empty", program: SubmittedFile(path: "empty.py", contents: Array("pass\n".utf8))))
  }

  func prepare(_ submission: Submission) -> Program {
    let program = submission.program
    // A program may also be imported or started by its own name, as long as that hides nothing from Python itself.
    let keepsName = program.textPath != nil && shadowedModule(program, in: program.folder) == nil
    let layout = WorkFolder(files: submission.otherFiles + (keepsName ? [program] : []))
    let folder = WorkFolder.path(of: program.folder)
    return Program(
      name: program.visiblePath,
      files: layout.files + [neutralCopy(of: program)] + witness,
      executable: interpreter,
      arguments: [Witness.programPath],
      environment: environment(filesIn: folder),
      workingDirectory: folder,
      build: compileStep(program),
      notes: layout.notes + shadowNotes(submission))
  }

  /// The program where it is run, whatever the student called it.
  func neutralCopy(of program: SubmittedFile) -> ContainerFile {
    let path = Witness.programPath.dropFirst(ContainerConfiguration.harnessFolder.count + 1)
    return ContainerFile(path: String(path), in: .harness, contents: program.contents)
  }

  private func environment(filesIn folder: String) -> [String: String] {
    let own = [
      "PYTHONDONTWRITEBYTECODE": "1",
      "PYTHONNOUSERSITE": "1",
      "PYTHONHASHSEED": "0",
      "PYTHONUTF8": "1",
      "PYTHONIOENCODING": "utf-8",
      "LANG": "C.UTF-8",
      "HOME": ContainerConfiguration.workFolder,
      "PATH": "/usr/bin:/bin",
      "TMPDIR": "/tmp",
    ]
    let channel = "\(ContainerConfiguration.harnessFolder)/witness"
    return Witness.environment(channel: channel, files: folder).merging(own) { $1 }
  }

  /// The standard module whose name a file, or the folder it is in, takes in the folder that imports begin at.
  func shadowedModule(_ file: SubmittedFile, in folder: ArraySlice<UInt8>) -> String? {
    guard file.path.starts(with: folder) else { return nil }
    let path = file.path.dropFirst(folder.count).drop { $0 == UInt8(ascii: "/") }
    let parts = path.split(separator: UInt8(ascii: "/"))
    guard let first = parts.first, path.suffix(3).elementsEqual(".py".utf8) else { return nil }
    let name = String(decoding: parts.count == 1 ? first.dropLast(3) : first, as: UTF8.self)
    return standardModules.contains(name) ? name : nil
  }

  private func shadowNotes(_ submission: Submission) -> [String] {
    let folder = submission.program.folder
    let programNote = shadowedModule(submission.program, in: folder).map { module in
      """
      Your file \(submission.program.visiblePath) has the name of a standard module; it was run under the neutral \
      name program.py, and "import \(module)" gets Python's own module. Rename it.
      """
    }
    let notes = submission.otherFiles.compactMap { file in
      shadowedModule(file, in: folder).map { module in
        """
        Your file \(file.visiblePath) has the name of a standard module; "import \(module)" gets Python's own module, \
        not yours. Rename it.
        """
      }
    }
    return [programNote].compactMap(\.self) + notes
  }
}
