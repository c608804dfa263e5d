import Foundation
import TestSupport
import Testing

@testable import Grading

struct HostileSubmissionTests {
  /// Reads the only submission of a class.
  private func read(_ folder: TemporaryFolder) throws -> Submission {
    let reference = try #require(SubmissionFolder.list(folder.path).first)
    return try Submission.read(reference, entry: "printers.py", language: ScriptedLanguage())
  }

  private func problem(_ furnish: (TemporaryFolder) throws -> Void) throws -> SubmissionProblem? {
    let folder = try TemporaryFolder()
    try furnish(folder)
    return #expect(throws: SubmissionProblem.self) { try read(folder) }
  }

  @Test(arguments: ["/etc/passwd", "../../../../etc/passwd", "other.py", "printers.py", "nowhere"])
  func `an entry that is a link is never followed, wherever it points`(target: String) throws {
    let problem = try problem {
      try $0.write(Array("x".utf8), to: "s1/other.py")
      try $0.link("s1/printers.py", to: target)
    }
    #expect(problem == .link("printers.py"))
  }

  @Test func `a submission that is a link is not followed`() throws {
    #expect(try problem { try $0.link("s1", to: "/etc") } == .link("s1"))
    #expect(try problem { try $0.link("s1.py", to: "/etc/passwd") } == .link("s1.py"))
  }

  @Test func `links to folders and loops of links are left out with a note`() throws {
    let folder = try TemporaryFolder(["s1/printers.py": "x"])
    try folder.link("s1/etc", to: "/etc")
    try folder.link("s1/loop", to: ".")
    try folder.link("s1/up", to: "..")
    let submission = try read(folder)
    #expect(submission.otherFiles == [])
    #expect(submission.notes == ["etc", "loop", "up"].map { "\($0) was left out: it is a symbolic link." })
  }

  @Test(.timeLimit(.minutes(1)))
  func `named pipes and sockets are refused without waiting for anybody`() throws {
    let pipe = "a named pipe (FIFO)"
    #expect(try problem { try $0.makePipe("s1.py") } == .notARegularFile("s1.py", what: pipe))
    let entry = try problem {
      try $0.makeFolder("s1")
      try $0.makePipe("s1/printers.py")
    }
    #expect(entry == .notARegularFile("printers.py", what: pipe))
    let folder = try TemporaryFolder(["s1/printers.py": "x"])
    try folder.makePipe("s1/queue")
    #expect(try read(folder).notes == ["queue was left out: it is \(pipe)."])
  }

  @Test func `a device that the user names is refused`() {
    #expect(throws: SubmissionProblem.notARegularFile("zero", what: "a device")) {
      try Submission.read(SubmissionReference(path: "/dev/zero"), entry: "a", language: ScriptedLanguage())
    }
  }

  @Test func `a huge file is refused by its size, without being read`() throws {
    let gigabyte = 1 << 30
    let single = try problem { try $0.makeSparseFile("s1.py", size: gigabyte) }
    #expect(single == .tooLarge("s1.py", size: gigabyte, limit: 1 << 20))
    let inFolder = try problem {
      try $0.write([1], to: "s1/printers.py")
      try $0.makeSparseFile("s1/data.bin", size: gigabyte)
    }
    #expect(inFolder == .tooLarge("data.bin", size: gigabyte, limit: 16 << 20))
  }

  @Test func `a program of more than a mebibyte is refused, and so are files of 16 together`() throws {
    let program = try problem { try $0.makeSparseFile("s1/printers.py", size: 1 << 20 | 1) }
    #expect(program == .tooLarge("printers.py", size: 1 << 20 | 1, limit: 1 << 20))
    let together = try problem { folder in
      for index in 0..<3 { try folder.makeSparseFile("s1/data\(index).bin", size: 6 << 20) }
    }
    #expect(together == .tooLarge("All that was handed in", size: 18 << 20, limit: 16 << 20))
  }

  @Test(arguments: ["file", "folder"])
  func `more than 200 files and folders are refused`(kind: String) throws {
    let problem = try problem { folder in
      for index in 0..<201 {
        try kind == "file" ? folder.write([], to: "s1/f\(index)") : folder.makeFolder("s1/f\(index)")
      }
    }
    #expect(problem == .tooManyFiles(limit: 200))
  }

  @Test func `folders may be 16 deep and no deeper`() throws {
    let path = (1...15).map { "d\($0)" }.joined(separator: "/")
    let folder = try TemporaryFolder(["s1/\(path)/printers.py": "x"])
    #expect(try read(folder).program.visiblePath == "\(path)/printers.py")
    #expect(try problem { try $0.makeFolder("s1/\(path)/d16") } == .tooDeep("\(path)/d16", limit: 16))
  }

  @Test func `a folder in place of the program is said to be one`() throws {
    let problem = try problem { try $0.makeFolder("s1/printers.py") }
    #expect(problem == .notARegularFile("printers.py", what: "a folder"))
    #expect(problem?.message == "printers.py is a folder, not a file.")
  }

  @Test func `names of any bytes inside a submission are shown and kept`() throws {
    let folder = try TemporaryFolder(["s1/printers.py": "x"])
    let names: [[UInt8]] = [Array("\u{1b}[2J".utf8), Array("a\nb".utf8), [0x61, 0xff]]
    for name in names { try folder.makeFile(named: Array("s1/".utf8) + name) }
    let files = try read(folder).otherFiles
    #expect(files.map(\.path) == names)
    #expect(files.map(\.visiblePath) == [#"\x1b[2J"#, #"a\nb"#, #"a\xff"#])
    #expect(files.map(\.textPath) == ["\u{1b}[2J", "a\nb", nil])
  }

  @Test func `hostile submissions do not keep a class from being marked`() async throws {
    let harness = try GraderHarness(
      ScriptedExecutor(plain: [makeResult("right")]), files: ["s1.py": "x", "s2/printers.py": "x", "s3.py": ""])
    try harness.folder.makePipe("s4")
    try harness.folder.link("s5", to: "/etc")
    try harness.folder.makeSparseFile("s6.py", size: 1 << 30)
    try harness.folder.makeFile(named: [0x73, 0x37, 0xff], contents: "x")
    let report = try await harness.classReport()
    #expect(
      report.submissions.map(\.verdict) == [
        .accepted, .accepted, .compileError, .compileError, .compileError, .compileError, .accepted,
      ])
    #expect(report.submissions.map(\.points) == [10, 10, 0, 0, 0, 0, 10])
    #expect(report.submissions.last?.id == #"s7\xff"#)
  }
}
