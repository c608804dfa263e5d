import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// The build step's own command, run outside of any container: it runs nothing of the student's.
@Suite(.enabled(if: Outside.has("python3")))
struct PythonCompileTests {
  private func finding(_ source: [UInt8], name: String = "p.py") async throws -> Finding? {
    let python = try await Python.find()
    let step = python.compileStep(SubmittedFile(path: name, contents: source))
    let folder = try TemporaryFolder()
    try folder.write(source, to: "program.py")
    let arguments = step.command.arguments.map {
      $0 == "/threadmark/run/program.py" ? folder.path("program.py") : $0
    }
    let (status, output) = try Outside.run(step.command.executable, arguments)
    let bytes = JournalEntry(time: 1, event: .bytes(.standardOutput, output))
    return try step.judge(ExecutionResult(termination: .exited(status), journal: [bytes]))
  }

  @Test(arguments: [
    "print(1)", "\u{feff}print(1)", "# coding: latin-1\nprint('\u{e9}')", "x = '\\d'", "import nothing_of_the_kind",
    "raise SystemExit(1)", "", "if True:\r\n\tprint(1)\r\n",
  ])
  func `a program that compiles is not run and has no finding`(source: String) async throws {
    #expect(try await finding(Array(source.utf8)) == nil)
  }

  @Test func `a syntax error is shown with its line, column and source`() async throws {
    let finding = try #require(try await finding(Array("x = 1\nfor i in range(3)\n    print(i)\n".utf8)))
    #expect(finding.verdict == .compileError)
    #expect(finding.message.hasPrefix("p.py, line 2, column 18: "))
    #expect(finding.message.hasSuffix("(SyntaxError)."))
    #expect(finding.details == "for i in range(3)\n                 ^")
  }

  @Test func `an error that the parser does not see has a source line as well`() async throws {
    let finding = try #require(try await finding(Array("x = 1\nreturn x\n".utf8)))
    #expect(finding.message.hasPrefix("p.py, line 2"))
    #expect(finding.details.hasPrefix("return x"))
  }

  @Test(arguments: [
    (Array("x = 1\0\n".utf8), "null bytes"),
    (Array("# coding: no-such-encoding\nx = 1\n".utf8), "no-such-encoding"),
    (Array("# coding: ascii\nx = '\u{e9}'\n".utf8), "ascii"),
    (Array("x = '\\ud800\n".utf8), "string literal"),
    (Array("if x:\nprint(1)\n".utf8), "IndentationError"),
    (Array("if x:\n\tprint(1)\n        print(2)\n".utf8), "TabError"),
  ])
  func `the interpreter itself says what is wrong`(source: [UInt8], word: String) async throws {
    let finding = try #require(try await finding(source))
    #expect(finding.verdict == .compileError)
    #expect(finding.message.contains(word))
  }

  @Test func `a long line is cut around the place`() async throws {
    let source = "x = '" + String(repeating: "a", count: 5000) + "' 1" + String(repeating: "b", count: 5000)
    let finding = try #require(try await finding(Array(source.utf8)))
    #expect(finding.details.count < 250)
    #expect(finding.details.contains("^"))
  }

  @Test func `deep nesting is a compile error, not a failure of the harness`() async throws {
    let depth = 3000
    let source = String(repeating: "(", count: depth) + String(repeating: ")", count: depth)
    #expect(try await finding(Array(source.utf8))?.verdict == .compileError)
  }

  @Test func `the student's file name is shown harmlessly`() async throws {
    let finding = try #require(try await finding(Array("x =".utf8), name: "\u{1b}[2J.py"))
    #expect(finding.message.hasPrefix(#"\x1b[2J.py, line 1"#))
  }

  @Test(arguments: [
    (TerminationStatus.wallTimeLimit, "p.py took too long to compile."),
    (.memoryLimit, "p.py took too much memory to compile."),
    (.signaled(11, coreDumped: false), "Python itself crashed with signal 11 when it compiled p.py."),
  ])
  func `a compilation that is ended is the program's fault`(termination: TerminationStatus, message: String)
    async throws
  {
    let python = Python(interpreter: "/p", version: "", readable: [], standardModules: [])
    let step = python.compileStep(SubmittedFile(path: "p.py", contents: []))
    #expect(try step.judge(makeResult("", termination)) == Finding(.compileError, message))
    #expect(throws: BuildError.self) { try step.judge(makeResult("no JSON", .exited(1))) }
    #expect(throws: BuildError.self) { try step.judge(makeResult("", .exited(2))) }
  }
}
