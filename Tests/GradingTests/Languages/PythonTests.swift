import Sandboxing
import TestSupport
import Testing

@testable import Grading

struct PythonTests {
  private let python = Python(
    interpreter: "/opt/python3", version: "Python 3.11.7", readable: ["/opt"],
    standardModules: ["threading", "queue", "json"])

  private func program(_ path: String, others: [String] = [], notes: [String] = []) -> Program {
    python.prepare(
      Submission(
        id: "s1", program: SubmittedFile(path: path, contents: Array("print(1)".utf8)),
        otherFiles: others.map { SubmittedFile(path: $0, contents: []) }, notes: notes))
  }

  @Test func `a program is run from the harness's folder, by the interpreter, with the witness beside it`() {
    let program = program("printers.py", others: ["helper.py", "data/in.txt"])
    let command = program.command(for: Scenario(id: "plain", arguments: ["4", "a b"]), mode: .plain)
    #expect(command.executable == "/opt/python3")
    #expect(command.arguments == ["/threadmark/run/program.py", "4", "a b"])
    #expect(command.workingDirectory == "/work")
    #expect(command.standardInput == .empty)
    #expect(
      program.files.map { "\($0.folder) \($0.path)" } == [
        "work helper.py", "work data/in.txt", "work printers.py", "harness run/program.py", "harness sitecustomize.py",
        "harness answer.py",
      ])
    #expect(program.files[3].contents == Array("print(1)".utf8))
    #expect(program.notes == [])
  }

  @Test func `the environment is the whole of what a program sees`() {
    let command = program("printers.py").command(for: Scenario(id: "plain"), mode: .plain)
    #expect(
      command.environment == [
        "PYTHONPATH": "/threadmark", "THREADMARK_WITNESS": "/threadmark/witness", "THREADMARK_FILES": "/work",
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "HOME": "/work", "PATH": "/usr/bin:/bin", "TMPDIR": "/tmp",
      ])
    let stretched = program("printers.py").command(for: Scenario(id: "plain"), mode: .stretched)
    #expect(stretched.environment["THREADMARK_STRETCH"] == "1")
  }

  @Test func `a program in a folder starts there, where its other files are`() {
    let program = program("hand-in/printers.py", others: ["hand-in/helper.py"])
    #expect(program.workingDirectory == "/work/hand-in")
    #expect(program.environment["THREADMARK_FILES"] == "/work/hand-in")
    #expect(program.files.map(\.path).contains("hand-in/helper.py"))
  }

  @Test func `a program with the name of a standard module hides nothing, and the student is told`() {
    let program = program("threading.py", others: ["queue.py", "json/x.py", "sub/queue.py", "json.txt"])
    #expect(!program.files.contains { $0.path == "threading.py" })
    #expect(
      program.notes == [
        """
        Your file threading.py has the name of a standard module; it was run under the neutral name program.py, and \
        "import threading" gets Python's own module. Rename it.
        """,
        """
        Your file queue.py has the name of a standard module; "import queue" gets Python's own module, not yours. \
        Rename it.
        """,
        """
        Your file json/x.py has the name of a standard module; "import json" gets Python's own module, not yours. \
        Rename it.
        """,
      ])
  }

  @Test func `a file whose name is not UTF-8 is left out with a note, unless it is the program`() {
    var file = SubmittedFile(path: "a", contents: [1])
    file.path = [0x61, 0xff]
    let other = python.prepare(
      Submission(id: "s", program: SubmittedFile(path: "p.py", contents: [1]), otherFiles: [file]))
    #expect(other.notes == [#"a\xff was left out: its name is not UTF-8."#])
    file.path = [0x70, 0xff] + Array(".py".utf8)
    let program = python.prepare(Submission(id: "s", program: file))
    #expect(program.files.contains { $0.path == "run/program.py" && $0.contents == [1] })
    #expect(program.notes == [])
  }

  @Test(
    arguments: [
      ("print('Zoë')", nil), ("\u{feff}print(1)", nil), ("", .empty("p.py")), ("\u{feff} \r\n\t", .empty("p.py")),
      ("# coding: latin-1\n", nil), ("PK\u{3}\u{4}...", .archive("p.py")), ("Rar!...", .archive("p.py")),
      ("PK = 1", nil),
    ] as [(String, SubmissionProblem?)])
  func `text is looked at before it is run`(text: String, problem: SubmissionProblem?) {
    #expect(inspect(Array(text.utf8)) == problem)
  }

  @Test func `text that is not UTF-8 is refused with its place, unless it declares another encoding`() {
    let bytes = Array("x = 1\né = '".utf8) + [0xe9, 0x27]
    let problem = SubmissionProblem.notUTF8("p.py", offset: 12, SourcePosition(line: 2, column: 6))
    #expect(inspect(bytes) == problem)
    #expect(problem.message == "p.py is not UTF-8 text: byte 12, in line 2, cannot be read.")
    #expect(inspect(Array("# -*- coding: latin-1 -*-\n".utf8) + bytes) == nil)
    #expect(inspect(Array("#!/usr/bin/python3\n# vim: set fileencoding=cp1252 :\n".utf8) + bytes) == nil)
    #expect(inspect(Array("# coding: utf-8\n".utf8) + bytes) != nil)
    #expect(inspect(Array("x\ny\n# coding: latin-1\n".utf8) + bytes) != nil)
    #expect(inspect([0xff, 0xfe, 0x78, 0x00]) == .notUTF8("p.py", offset: 0, SourcePosition(line: 1, column: 1)))
  }

  private func inspect(_ contents: [UInt8]) -> SubmissionProblem? {
    do throws(SubmissionProblem) {
      try python.inspect(SubmittedFile(path: "p.py", contents: contents))
      return nil
    } catch {
      return error
    }
  }
}
