import Testing

@testable import JUnitXML

@Suite struct `The profile` {
  @Test(arguments: Profile.allCases)
  func `loses no test case and no result`(profile: Profile) throws {
    for report in Samples.all {
      let suites = try report.documents(profile).flatMap { try JUnitReader.read($0.bytes).suites }
      #expect(suites.map(\.totals) == report.suites.map(\.totals))
      #expect(suites.map(\.properties) == report.suites.map(\.properties))
      for (read, written) in zip(suites.flatMap(\.testCases), report.suites.flatMap(\.testCases)) {
        #expect(read.name == written.name && read.time == written.time)
        #expect(read.outcome.explanation == written.outcome.explanation)
      }
    }
  }

  @Test func `default is the document itself`() throws {
    let documents = try Samples.everything.documents(.default)
    #expect(try documents == [JUnitDocument(fileName: "junit.xml", bytes: Samples.everything.xml())])
  }

  @Test func `ant moves outputs to the suite, under a heading for each test case`() throws {
    let suite = try JUnitReader.read(try Samples.everything.documents(.ant)[0].bytes).suites[0]
    #expect(
      suite.systemOut.value == """
        of the suite
        === no-lost-item ===
        attachment: artifacts/timeline.svg
        attachment: artifacts/é & <x>.svg

        output ]]> <![CDATA[ &amp; ]]>
        === flaky ===
        attachment: a.svg
        failed attempt (threadmark.WrongOrder): "b" came before <a>

        b
        a
        b
        a

        failed attempt (threadmark.TimeLimit): 10 s
        === speedup-2x ===
        failed attempt (threadmark.WrongOrder): "b" came before <a>

        b
        a
        b
        a

        failed attempt (threadmark.TimeLimit): 10 s
        === sometimes ===
        failed attempt (threadmark.WrongOrder): "b" came before <a>

        b
        a
        b
        a

        failed attempt (threadmark.TimeLimit): 10 s
        === prints <&"'> é 😀 ===
        just output
        """)
    #expect(suite.systemErr.value.contains("=== sandbox ===\ndmesg\n=== prints"))
    #expect(suite.testCases.allSatisfy { $0.systemOut.isEmpty && $0.systemErr.isEmpty })
  }

  @Test func `ant keeps every heading when outputs are long, and none is forged`() throws {
    let output = XMLText.output("=== forged ===\n" + String(repeating: "line\n", count: 20_000))
    let report = make(report: make(case: "a", systemOut: output), make(case: "b", systemOut: output))
    let text = try JUnitReader.read(try report.documents(.ant)[0].bytes).suites[0].systemOut.value
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("===") }
    #expect(headings == ["=== a ===", "=== b ==="])
    #expect(text.utf8.count <= XMLText.outputLimit && text.utf8.count > XMLText.outputLimit / 3)
    #expect(text.split(separator: "\n").count { $0.contains(" bytes cut here ...") } == 2)
  }

  @Test func `surefire has a file for each suite`() throws {
    let documents = try Samples.everything.documents(.surefire)
    #expect(documents.map(\.fileName) == ["TEST-week03.bounded-buffer.xml", "TEST-week03.empty.xml"])
    let text = String(decoding: documents[1].bytes, as: UTF8.self)
    #expect(
      text.hasPrefix(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="week03.empty" time="0.000" tests="1" errors="1" skipped="0" failures="0">
          <properties>
        """))
    let suite = try JUnitReader.read(documents[0].bytes).suites[0]
    #expect(suite.testCases == Samples.everything.suites[0].testCases)
  }
}

extension Outcome {
  fileprivate var explanation: Explanation? {
    switch self {
    case .passed: nil
    case .failure(let failure, _, _): failure.explanation
    case .error(let explanation), .skipped(let explanation): explanation
    }
  }
}
