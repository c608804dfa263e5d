import TestSupport
import Testing

@testable import Grading

struct ProgramChoiceTests {
  private func read(_ files: [String: String]) throws -> Submission {
    let folder = try TemporaryFolder(files)
    return try Submission.read(
      SubmissionReference(path: folder.path), entry: "printers.py", language: ScriptedLanguage())
  }

  @Test(arguments: [
    (["printers.py"], "printers.py"),
    (["printers.py", "solve.py", "sub/printers.py"], "printers.py"),
    (["sub/printers.py", "other.py"], "sub/printers.py"),
    (["solve.py", "notes.txt"], "solve.py"),
    (["deep/er/solve.py", "notes.txt", "a.c"], "deep/er/solve.py"),
    (["Printers.py"], "Printers.py"),
    (["solution"], "solution"),
    (["sub/solution.txt"], "sub/solution.txt"),
    (["printers.py/printers.py"], "printers.py/printers.py"),
    (["solve.py", "__pycache__/solve.py", "__MACOSX/._solve.py", ".hidden.py", ".venv/a.py"], "solve.py"),
  ])
  func `the program is the entry, else the only file of the language, else the only file`(
    names: [String], program: String
  ) throws {
    let submission = try read(Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }))
    #expect(submission.program.visiblePath == program)
    #expect(submission.program.contents == Array(program.utf8))
  }

  @Test(arguments: [
    ([], SubmissionProblem.missing(entry: "printers.py", found: [])),
    ([".printers.py"], .missing(entry: "printers.py", found: [])),
    (["a.txt", "b.txt"], .missing(entry: "printers.py", found: ["a.txt", "b.txt"])),
    (["b.py", "a.py", "c.txt"], .ambiguous(entry: "printers.py", candidates: ["a.py", "b.py"])),
    (
      ["x/printers.py", "y/printers.py"],
      .ambiguous(entry: "printers.py", candidates: ["x/printers.py", "y/printers.py"])
    ),
    (["printers.py/a.txt", "printers.py/b.txt"], .notARegularFile("printers.py", what: "a folder")),
  ])
  func `where no file can be taken for the program, the files there are are named`(
    names: [String], problem: SubmissionProblem
  ) throws {
    #expect(throws: problem) { try read(Dictionary(uniqueKeysWithValues: names.map { ($0, "x") })) }
  }

  @Test func `a program with another name than asked for is run, with a note`() throws {
    #expect(try read(["solve.py": "x"]).notes == ["There is no file printers.py; solve.py was run as the program."])
    #expect(try read(["printers.py": "x"]).notes == [])
  }

  @Test func `a file of any name is a program when it is the submission`() throws {
    let folder = try TemporaryFolder(["s1.txt": "x"])
    let submission = try Submission.read(
      SubmissionFolder.list(folder.path)[0], entry: "printers.py", language: ScriptedLanguage())
    #expect(submission.id == "s1.txt" && submission.program.visiblePath == "s1.txt" && submission.notes == [])
  }

  @Test func `the other files come along, in order, with their permissions`() throws {
    let submission = try read(["printers.py": "x", "b.txt": "b", "a/c.txt": "c"])
    #expect(submission.otherFiles.map(\.visiblePath) == ["a/c.txt", "b.txt"])
    #expect(submission.otherFiles.allSatisfy { !$0.isExecutable })
  }
}
