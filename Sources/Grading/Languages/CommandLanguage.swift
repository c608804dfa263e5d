import Sandboxing

/// Programs that start themselves: scripts with a `#!` line and executables of any origin.
struct CommandLanguage: Language {
  static let name = "command"
  let fileExtensions: [String] = []
  let maximumProgramSize = SubmissionFiles.maximumSize
  let interpreter = ""
  let interpreterVersion = ""
  let readable: [String] = []

  private static let beginnings: [[UInt8]] = [Array("#!".utf8), [0x7f] + Array("ELF".utf8)]

  func inspect(_ program: SubmittedFile) throws(SubmissionProblem) {
    let path = program.visiblePath
    if program.contents.isEmpty { throw .empty(path) }
    guard Self.beginnings.contains(where: program.contents.starts), program.textPath != nil else {
      throw .notExecutable(path)
    }
  }

  var emptyProgram: Program? {
    Program(name: "true", files: [], executable: "/usr/bin/true", environment: ["PATH": "/usr/bin:/bin"])
  }

  func prepare(_ submission: Submission) -> Program {
    var program = submission.program
    program.isExecutable = true
    let hasGate = Gate.opens(program.contents) && !Gate.files.isEmpty
    let layout = WorkFolder(files: submission.otherFiles + [program])
    return Program(
      name: program.visiblePath,
      files: layout.files + (hasGate ? Gate.files : []),
      executable: "\(ContainerConfiguration.workFolder)/\(program.textPath ?? "")",
      environment: [
        "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": ContainerConfiguration.workFolder, "TMPDIR": "/tmp",
      ],
      workingDirectory: WorkFolder.path(of: program.folder),
      notes: layout.notes,
      gateEnvironment: hasGate ? Gate.environment : [:],
      startsStudentFile: true)
  }
}
