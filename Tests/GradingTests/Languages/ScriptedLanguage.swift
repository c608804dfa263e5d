import Grading
import Sandboxing

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
      name: submission.program.visiblePath,
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
