import TestSupport
import Testing

@testable import Grading

struct SubmissionFolderTests {
  @Test func `a class has one submission for each name, in the order people count, without hidden ones`() throws {
    let folder = try TemporaryFolder(["s10.py": "", "s2/a.py": "", "s1.py": "", ".git/x": "", ".DS_Store": ""])
    #expect(try SubmissionFolder.list(folder.path).map(\.id) == ["s1.py", "s2", "s10.py"])
  }

  @Test func `names of any bytes are told apart and never change their surroundings`() throws {
    let folder = try TemporaryFolder()
    let names: [[UInt8]] = [
      Array("new\nline".utf8), Array("\u{1b}[31mred".utf8), [0x73, 0xff, 0xfe], Array("back\\slash".utf8),
      Array("a\u{202e}b".utf8), Array("Zoë".utf8), Array("tab\tbell\u{7}".utf8), Array("new\\nline".utf8),
    ]
    for name in names { try folder.makeFile(named: name) }
    let ids = try SubmissionFolder.list(folder.path).map(\.id)
    #expect(
      Set(ids) == [
        #"new\nline"#, #"\x1b[31mred"#, #"s\xff\xfe"#, #"back\\slash"#, #"a\u{202E}b"#, "Zoë", #"tab\tbell\x07"#,
        #"new\\nline"#,
      ])
  }

  @Test func `a class folder that is not there is an error that names it`() {
    let error = #expect(throws: SubmissionFolderError.self) { try SubmissionFolder.list("/nowhere/at all") }
    #expect(
      error?.description
        == "The submissions in \"/nowhere/at all\" cannot be listed: openat reported ENOENT (No such file or directory)."
    )
  }

  @Test(arguments: [
    ("s2", "s10", true), ("s10", "s2", false), ("s2", "s2", false), ("s02", "s2", true), ("s2", "s02", false),
    ("s02b", "s2a", false), ("a", "ab", true), ("1", "a", true), ("s1", "s", false), ("s9x10", "s9x9", false),
    ("99999999999999999999998", "99999999999999999999999", true), ("B", "a", true), ("s0", "s00", true),
  ])
  func `numbers in names are compared as numbers`(left: String, right: String, expected: Bool) {
    #expect(NaturalOrder.precedes(Array(left.utf8), Array(right.utf8)) == expected)
  }
}
