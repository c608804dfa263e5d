import Foundation
import Grading
import Reporting
import TestSupport
import Testing

@testable import threadmark

/// The whole way, with real programs in a real sandbox.
@Suite(.requiresSandbox, .requiresPython)
struct EndToEndTests {
  private static let printers = "exercises/threaded-printers/submissions"

  @Test func `exercises are listed`() throws {
    let list = try ThreadmarkProcess(["list"])
    #expect(list.status == 0 && list.errors.isEmpty)
    #expect(list.output.contains("threaded-printers") && list.output.contains("pool-squares"))
  }

  @Test func `a learner is told that a program is right`() throws {
    let right = try #require(Repository.names(in: "\(Self.printers)/accepted").first)
    let check = try ThreadmarkProcess(["check", "\(Self.printers)/accepted/\(right)"])
    #expect(check.status == 0 && check.errors.isEmpty)
    #expect(check.output.contains("\nACCEPTED   10 of 10 points\n"))
  }

  @Test func `a learner is shown what is wrong, and machines read it`() throws {
    let folder = try TemporaryFolder(["printers.py": "print('Thread Thread 1: 1')\n"])
    let check = try ThreadmarkProcess(
      ["check", "--exercise", "threaded-printers", folder.path, "--json", "-", "--junit", folder.path("junit.xml")])
    #expect(check.status == Status.notAccepted.rawValue && check.errors.isEmpty)
    let report = try JSONReporter.report(from: Data(check.output.utf8))
    #expect(report.submissions.count == 1 && report.submissions[0].verdict != .accepted)
    #expect(try String(contentsOfFile: folder.path("junit.xml"), encoding: .utf8).contains("<failure "))
  }

  @Test func `a class is marked and written in every form`() throws {
    let folder = try TemporaryFolder(["class/ada.py": "print(1)\n", "class/bob.py": "print(\n", "class/c d.py": ""])
    let grade = try ThreadmarkProcess([
      "grade", "threaded-printers", "--submissions", folder.path("class"), "--json", folder.path("r.json"),
      "--junit", folder.path("r.xml"), "--html", folder.path("pages"),
    ])
    #expect(grade.status == Status.notAccepted.rawValue)
    #expect(grade.errors.split(separator: "\n").count == 3 && grade.errors.contains("[3/3] "))
    #expect(grade.output.contains("3 submissions: "))
    let report = try JSONReporter.report(from: Data(contentsOf: URL(filePath: folder.path("r.json"))))
    #expect(report.submissions.map(\.id) == ["ada.py", "bob.py", "c d.py"] && !report.isInterrupted)
    #expect(report.submissions[1].verdict == .compileError)
    #expect(FileManager.default.fileExists(atPath: folder.path("r.xml")))
    #expect(FileManager.default.fileExists(atPath: folder.path("pages/submissions/ada.py.html")))
  }

  @Test func `nothing is marked when a report could not be written`() throws {
    let folder = try TemporaryFolder(["class/ada.py": "print(1)\n"])
    for option in ["--json", "--junit", "--html"] {
      let grade = try ThreadmarkProcess(
        ["grade", "threaded-printers", "--submissions", folder.path("class"), option, folder.path("gone/report")])
      #expect(grade.status == Status.usage.rawValue)
      #expect(grade.errors.contains("\(folder.path)/gone/report") && !grade.errors.contains("[1/1]"))
    }
  }

  @Test func `interrupted, a class keeps what is marked`() throws {
    let folder = try TemporaryFolder(["class/a.py": "print(\n", "class/b.py": "import time\ntime.sleep(60)\n"])
    let report = folder.path("report.json")
    let grade = try ThreadmarkProcess([
      "grade", "threaded-printers", "--submissions", folder.path("class"), "--jobs", "1", "--json", report,
    ]) { id in
      while !FileManager.default.fileExists(atPath: report) { usleep(10_000) }
      kill(id, SIGINT)
    }
    #expect(grade.status == Status.interrupted.rawValue)
    let written = try JSONReporter.report(from: Data(contentsOf: URL(filePath: report)))
    #expect(written.isInterrupted && written.submissions.map(\.id) == ["a.py"])
    #expect(grade.output.contains("broken off"))
  }

  @Test func `a new exercise verifies as it is, and not when a verdict is wrong`() throws {
    let folder = try TemporaryFolder()
    #expect(try ThreadmarkProcess(["new", "greetings", "--exercises", folder.path]).status == 0)
    let exercise = folder.path("greetings")
    let verify = try ThreadmarkProcess(["verify", exercise])
    #expect(verify.status == 0 && verify.output.contains("All 2 reference submissions"))
    try FileManager.default.moveItem(
      atPath: "\(exercise)/submissions/wrong_answer", toPath: "\(exercise)/submissions/wrong_order")
    let wrong = try ThreadmarkProcess(["verify", "--all", "--exercises", folder.path])
    #expect(wrong.status == Status.notAccepted.rawValue)
    #expect(wrong.output.contains("1 of 2 reference submissions do not get"))
  }

  @Test func `a Python that does not exist is named`() throws {
    let check = try ThreadmarkProcess(["check", "\(Self.printers)/accepted", "--python", "/nowhere/python"])
    #expect(check.status == Status.usage.rawValue && check.errors.contains("/nowhere/python"))
  }
}
