import Testing

@testable import JUnitXML

@Suite struct `A report over 9 MB` {
  @Test func `has its outputs cut, and nothing else`() throws {
    let output = XMLText.output(String(repeating: "<&\"> line\n", count: 10_000))
    let report = large(count: 12, output: output)
    let bytes = try report.xml()
    #expect(bytes.count <= JUnitReport.sizeLimit)
    #expect(bytes.count > JUnitReport.sizeLimit / 3)
    let read = try JUnitReader.read(bytes)
    #expect(read.totals == report.totals)
    let (before, after) = (report.suites[0], read.suites[0])
    #expect(after.properties == before.properties)
    for (old, new) in zip(before.testCases, after.testCases) {
      #expect(new.name == old.name && new.time == old.time && new.attachments == old.attachments)
      #expect(new.systemOut == after.testCases[0].systemOut)
      guard case .failure(let failure, let rerun, _) = new.outcome else { continue }
      #expect(failure.explanation.message == "lost items [1/5 points]" && rerun.count == 1)
      #expect(failure.explanation.details.value.contains(" bytes cut here ..."))
    }
    #expect(try report.xml() == bytes)
  }

  @Test func `says in each output how much is gone`() throws {
    let report = large(count: 10, output: XMLText(String(repeating: "x", count: 1_000)))
    let bytes = try report.xml(limit: 20_000)
    #expect(bytes.count <= 20_000)
    for testCase in try JUnitReader.read(bytes).suites[0].testCases {
      let kept = testCase.systemOut.value.count { $0 == "x" }
      #expect(testCase.systemOut.value.contains("... \(1_000 - kept) bytes cut here ..."))
    }
  }

  @Test func `is refused when its results alone are over it`() throws {
    let report = large(count: 10, output: "xyz")
    #expect(throws: JUnitError.self) { try report.xml(limit: 1_000) }
    let needed = try report.xml().count
    #expect(try report.xml(limit: needed).count == needed)
    #expect(throws: JUnitError.tooLarge(bytes: needed, limit: needed - 1)) { try report.xml(limit: needed - 1) }
  }

  @Test func `of many test cases is written and read in reasonable time`() throws {
    let testCases = (0..<5_000).map { make(case: XMLText("check-\($0)"), outcome: .failure(make())) }
    let report = JUnitReport([make(testCases: testCases)])
    let begin = ContinuousClock.now
    #expect(try report.xml().count > 750_000)
    #expect(ContinuousClock.now - begin < .seconds(60))
  }

  private func large(count: Int, output: XMLText) -> JUnitReport {
    let failure = Failure(.wrongOutput, "lost items [1/5 points]", details: output)
    let attempt = FailedAttempt(failure, systemOut: output, systemErr: output)
    let testCases = (0..<count).map { number in
      make(
        case: XMLText("check-\(number)"), outcome: .failure(failure, rerunFailures: [attempt]),
        attachments: ["a.svg"].compactMap(Attachment.init(relativePath:)), systemOut: output, systemErr: output)
    }
    return JUnitReport([make(testCases: testCases, systemOut: output)])
  }
}
