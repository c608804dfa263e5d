import JUnitXML
import Testing

@Suite struct `The reader` {
  @Test func `says where XML is broken`() {
    #expect(throws: JUnitError.self) { try JUnitReader.read([]) }
    let error = #expect(throws: JUnitError.self) {
      try JUnitReader.read(Array("<testsuites>\n  <testsuite></wrong>\n</testsuites>".utf8))
    }
    guard case .malformed(let reason, 2, let column) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("testsuite"))
    #expect((14...24).contains(column))
  }

  @Test(arguments: [
    "<!DOCTYPE testsuites>\n<testsuites/>",
    "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;\">]>\n<testsuites>&z;</testsuites>",
    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">\n<testsuites/>",
  ])
  func `takes no document type, so that no entity is ever expanded`(document: String) throws {
    let error = #expect(throws: JUnitError.self) { try JUnitReader.read(Array(document.utf8)) }
    guard case .documentType(line: 1, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `takes no more than a report may have`() {
    #expect(throws: JUnitError.tooLarge(bytes: 9_000_001, limit: 9_000_000)) {
      try JUnitReader.read([UInt8](repeating: 0x20, count: 9_000_001))
    }
  }

  @Test(arguments: [
    ("<testsuites>", "<testsuites name=\"x\">"),
    ("package=\"\"", "package=\"x\""),
    ("tests=\"1\"", "tests=\"one\""),
    ("time=\"4.125\" timestamp", "time=\"4,125\" timestamp"),
    ("timestamp=\"2026-03-05T10:11:12\"", "timestamp=\"2026-03-05T10:11:12Z\""),
    ("timestamp=\"2026-03-05T10:11:12\"", "timestamp=\"2026-13-05T10:11:12\""),
    ("<property name=\"threadmark.version\" value=\"1.0.0\"/>", ""),
    ("<failure message=\"m\" type", "<failure type"),
    ("threadmark.Crash", "Crash"),
    ("type=\"threadmark.Crash\">m</failure>", "type=\"threadmark.Crash\"/>"),
    ("</failure>", "</failure><skipped message=\"m\">m</skipped>"),
    ("<system-out></system-out>", ""),
    ("<testcase", "<system-out>early</system-out><testcase"),
    ("name=\"a\" time", "name=\"a&#10;b\" time"),
    ("name=\"week03.bounded-buffer\" tests", "name=\"week 3\" tests"),
    ("<testsuites>", "<testsuites xmlns=\"http://example.org\">"),
  ])
  func `takes only what the schema allows`(original: String, change: String) throws {
    let error = #expect(throws: JUnitError.self) { try JUnitReader.read(try document(original, change)) }
    guard case .invalid(let reason, let line) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(line > 1 && !reason.isEmpty)
  }

  @Test(arguments: [
    ("tests=\"1\"", "tests=\"2\"", 3), ("failures=\"1\"", "failures=\"0\"", 3),
    ("time=\"4.125\" t", "time=\"4.126\" t", 3),
    ("id=\"0\"", "id=\"1\"", 3), ("classname=\"week03.bounded-buffer\"", "classname=\"other\"", 7),
    (">m</failure>", ">no message</failure>", 8), (">m</failure>", ">more</failure>", 8),
    ("message=\"m\"", "message=\"more\"", 8),
  ])
  func `takes no report that contradicts itself`(original: String, change: String, line: Int) throws {
    let error = #expect(throws: JUnitError.self) { try JUnitReader.read(try document(original, change)) }
    guard case .inconsistent(_, line) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `takes no name twice`() throws {
    let report = JUnitReport([make(testCases: [make(case: "a"), make(case: "b")])])
    let text = String(decoding: try report.xml(), as: UTF8.self)
    let bytes = Array(text.replacing("name=\"b\"", with: "name=\"a\"").utf8)
    #expect(throws: JUnitError.inconsistent(reason: "a name stands twice", line: 2)) { try JUnitReader.read(bytes) }
  }

  @Test func `explains itself in sentences`() {
    #expect(
      JUnitError.malformed(reason: "no end tag", line: 2, column: 5).description
        == "The report is not well-formed XML at line 2, column 5: no end tag.")
    #expect(
      JUnitError.file(call: "rename", path: "/a", number: 2).description
        == "rename failed for /a: No such file or directory (errno 2).")
  }

  /// A valid document of one failed test case with one thing changed.
  private func document(_ original: String, _ change: String) throws -> [UInt8] {
    let report = make(report: make(case: "a", outcome: .failure(Failure(.crash, "m"))))
    let text = String(decoding: try report.xml(), as: UTF8.self)
    let changed = text.replacing(original, with: change, maxReplacements: 1)
    try #require(changed != text)
    return Array(changed.utf8)
  }
}
