import Sandboxing
import TestSupport
import Testing

@testable import Grading

struct CommandLanguageTests {
  private let language = CommandLanguage()

  @Test func `a program is started by its own name in the work folder`() {
    let script = Array("#!/bin/sh\necho hi\n".utf8)
    let submission = Submission(
      id: "s", program: SubmittedFile(path: "sub/start", contents: script),
      otherFiles: [SubmittedFile(path: "sub/tool", contents: [1], isExecutable: true)])
    let program = language.prepare(submission)
    let command = program.command(for: Scenario(id: "plain", arguments: ["x"], input: "in"), mode: .plain)
    #expect(command.executable == "/work/sub/start")
    #expect(command.arguments == ["x"])
    #expect(command.workingDirectory == "/work/sub")
    #expect(command.standardInput == .bytes(Array("in".utf8)))
    let work = program.files.filter { $0.folder == .work }
    #expect(work.map(\.path) == ["sub/tool", "sub/start"])
    #expect(work.map(\.isExecutable) == [true, true])
    #expect(program.startsStudentFile && program.build == nil)
  }

  @Test(
    arguments: [
      (Array("#!/bin/sh\n".utf8), nil), ([0x7f, 0x45, 0x4c, 0x46, 2], nil), ([], .empty("start")),
      (Array("echo hi".utf8), .notExecutable("start")), ([0x7f], .notExecutable("start")),
    ] as [([UInt8], SubmissionProblem?)])
  func `a program is a script with an interpreter or an executable`(contents: [UInt8], problem: SubmissionProblem?) {
    let file = SubmittedFile(path: "start", contents: contents)
    if let problem {
      #expect(throws: problem) { try language.inspect(file) }
    } else {
      #expect(throws: Never.self) { try language.inspect(file) }
    }
  }

  @Test func `a language that there is not is an error`() async {
    await #expect(throws: LanguageError("There is no language \"cobol\".")) {
      try await LanguageCatalogue.language("cobol")
    }
  }
}
