import Foundation
import JUnitXML
import Testing

@Suite struct `The document` {
  @Test func `is the one that readers were tried on, to the letter`() throws {
    let suite = make(
      testCases: [
        make(
          outcome: .failure(make(failure: "2 of 10 lost", details: "details & <more>")),
          attachments: ["artifacts/timeline.svg"].compactMap(Attachment.init(relativePath:)), systemOut: "output",
          systemErr: ".."),
        make(case: "terminates", time: 0.5),
        make(case: "speedup-2x", time: 0, outcome: .skipped(Explanation("one CPU"))),
      ])
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="week03.bounded-buffer" tests="3" failures="1" errors="0" skipped="1" time="4.625" \
      timestamp="2026-03-05T10:11:12" hostname="localhost" id="0" package="">
          <properties>
            <property name="threadmark.version" value="1.0.0"/>
          </properties>
          <testcase classname="week03.bounded-buffer" name="no-lost-wakeup" time="4.125">
            <failure message="2 of 10 lost" type="threadmark.AssertionFailed">2 of 10 lost

      details &amp; &lt;more&gt;</failure>
            <system-out>[[ATTACHMENT|artifacts/timeline.svg]]
      output</system-out>
            <system-err>..</system-err>
          </testcase>
          <testcase classname="week03.bounded-buffer" name="terminates" time="0.500"></testcase>
          <testcase classname="week03.bounded-buffer" name="speedup-2x" time="0.000">
            <skipped message="one CPU">one CPU</skipped>
          </testcase>
          <system-out></system-out>
          <system-err></system-err>
        </testsuite>
      </testsuites>

      """
    #expect(String(decoding: try JUnitReport([suite]).xml(), as: UTF8.self) == expected)
  }

  @Test func `keeps line breaks and tabs of attributes as references, which parsers don't turn into spaces`() throws {
    let suite = make(properties: [Property("p", "a\nb\tc & <d> \"e\"")])
    let document = String(decoding: try JUnitReport([suite]).xml(), as: UTF8.self)
    #expect(document.contains("value=\"a&#10;b&#9;c &amp; &lt;d&gt; &quot;e&quot;\""))
  }

  @Test func `has the elements of a test case in one order`() throws {
    let document = String(decoding: try Samples.everything.xml(), as: UTF8.self)
    let order = ["failure", "rerunFailure", "flakyFailure", "skipped", "error", "system-out", "system-err"]
    for testCase in document.split(separator: "<testcase ").dropFirst() {
      let body = testCase.split(separator: "</testcase>")[0]
      let tags = body.split(separator: "\n      <").dropFirst().filter { !$0.hasPrefix("/") }
      let children = tags.map { $0.prefix { $0.isLetter || $0 == "-" } }
      let ranks = children.compactMap { order.firstIndex(of: String($0)) }
      #expect(ranks.count == children.count && ranks == ranks.sorted(), "\(children)")
    }
  }

  @Test func `never closes a result in its own tag and has neither CDATA nor document type`() throws {
    for report in [Samples.everything, Samples.everyType] {
      let document = String(decoding: try report.xml(), as: UTF8.self)
      let selfClosed = document.split(separator: "\n").filter { $0.hasSuffix("/>") && !$0.contains("<property ") }
      #expect(selfClosed.isEmpty)
      #expect(document.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"))
      #expect(!document.contains("<!"))
    }
  }

  @Test func `reads back as the values it was made of`() throws {
    for report in [Samples.everything, Samples.everyType, JUnitReport([])] {
      let bytes = try report.xml()
      #expect(try JUnitReader.read(bytes) == report)
      #expect(try JUnitReader.read(bytes).xml() == bytes)
    }
  }

  @Test(arguments: Samples.hostile.indices)
  func `survives hostile text in every place`(index: Int) throws {
    let report = Samples.report(everywhere: Samples.hostile[index])
    let bytes = try report.xml()
    #expect(try JUnitReader.read(bytes) == report)
    let document = String(decoding: bytes, as: UTF8.self)
    #expect(document.utf8.elementsEqual(bytes))
    #expect(document.matches(of: #/\[\[(?i:ATTACHMENT|PROPERTY)\|/#).count == 4)
    #expect(document.matches(of: #/<testcase /#).count == 4)
    #expect(!document.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
  }

  @Test func `survives random bytes in every place`() throws {
    var random = SeededGenerator(seed: 11)
    let alphabet: [UInt8] =
      Array("[]ATCHMEN|<>&;\"'\n\r\t -…é\u{301}\u{1B}\u{9B}".utf8) + [0, 0xED, 0xA0, 0xEF, 0xBF, 0xBE]
    for _ in 0..<60 {
      let bytes = (0..<40).compactMap { _ in alphabet.randomElement(using: &random) }
      let report = Samples.report(everywhere: bytes)
      #expect(try JUnitReader.read(try report.xml()) == report, "\(bytes)")
    }
  }
}
