/// Writes the elements of a report, in the order that every reader takes.
struct JUnitWriter: ~Copyable {
  private let stream: XMLStream

  /// The document of a report that the profile has room for, whatever its size.
  static func write(_ report: JUnitReport, _ profile: Profile) throws(JUnitError) -> [UInt8] {
    let writer = JUnitWriter(stream: try XMLStream())
    switch profile {
    case .default, .ant: try writer.write(report)
    case .surefire: for suite in report.suites { try writer.write(bare: suite) }
    }
    return try writer.finish()
  }

  private consuming func finish() throws(JUnitError) -> [UInt8] {
    try stream.finish()
  }

  private func write(_ report: JUnitReport) throws(JUnitError) {
    try stream.element("testsuites") { () throws(JUnitError) in
      for (index, suite) in report.suites.enumerated() { try write(suite, id: index) }
    }
  }

  private func write(_ suite: TestSuite, id: Int) throws(JUnitError) {
    let totals = suite.totals
    let attributes: KeyValuePairs = [
      "name": suite.name, "tests": "\(totals.tests)", "failures": "\(totals.failures)",
      "errors": "\(totals.errors)", "skipped": "\(totals.skipped)", "time": totals.time.description,
      "timestamp": suite.timestamp.description, "hostname": suite.hostname.value, "id": "\(id)", "package": "",
    ]
    try stream.element("testsuite", attributes) { () throws(JUnitError) in
      try writeContents(of: suite)
      try stream.element("system-out", text: suite.systemOut.value)
      try stream.element("system-err", text: suite.systemErr.value)
    }
  }

  /// Surefire's schema has the suite for its root and neither host nor moment nor output of its own.
  private func write(bare suite: TestSuite) throws(JUnitError) {
    let totals = suite.totals
    let attributes: KeyValuePairs = [
      "name": suite.name, "time": totals.time.description, "tests": "\(totals.tests)",
      "errors": "\(totals.errors)", "skipped": "\(totals.skipped)", "failures": "\(totals.failures)",
    ]
    try stream.element("testsuite", attributes) { () throws(JUnitError) in try writeContents(of: suite) }
  }

  private func writeContents(of suite: TestSuite) throws(JUnitError) {
    try write(suite.properties)
    for testCase in suite.testCases { try write(testCase, of: suite) }
  }

  private func write(_ properties: [Property]) throws(JUnitError) {
    try stream.element("properties") { () throws(JUnitError) in
      for property in properties {
        try stream.emptyElement("property", ["name": property.name.value, "value": property.value.value])
      }
    }
  }

  private func write(_ testCase: TestCase, of suite: TestSuite) throws(JUnitError) {
    let attributes: KeyValuePairs = [
      "classname": suite.name, "name": testCase.name.value, "time": testCase.time.description,
    ]
    try stream.element("testcase", attributes) { () throws(JUnitError) in
      try write(testCase.outcome)
      try writeOutput("system-out", testCase.markedOutput)
      try writeOutput("system-err", testCase.systemErr.value)
    }
  }

  private func write(_ outcome: Outcome) throws(JUnitError) {
    switch outcome {
    case .passed(let flaky): try write(flaky, as: "flakyFailure")
    case .failure(let failure, let rerun, let flaky):
      try write(failure.explanation, as: "failure", type: failure.type.rawValue)
      try write(rerun, as: "rerunFailure")
      try write(flaky, as: "flakyFailure")
    case .skipped(let explanation):
      try stream.element("skipped", ["message": explanation.message.value], text: explanation.text)
    case .error(let explanation):
      try write(explanation, as: "error", type: FailureType.infrastructure)
    }
  }

  private func write(_ explanation: Explanation, as name: String, type: String) throws(JUnitError) {
    try stream.element(name, ["message": explanation.message.value, "type": type], text: explanation.text)
  }

  private func write(_ attempts: [FailedAttempt], as name: String) throws(JUnitError) {
    for attempt in attempts {
      let failure = attempt.failure
      let attributes: KeyValuePairs = [
        "message": failure.explanation.message.value, "type": failure.type.rawValue,
      ]
      try stream.element(name, attributes) { () throws(JUnitError) in
        try stream.element("stackTrace", text: failure.explanation.text)
        try writeOutput("system-out", attempt.systemOut.value)
        try writeOutput("system-err", attempt.systemErr.value)
      }
    }
  }

  private func writeOutput(_ name: String, _ output: String) throws(JUnitError) {
    if !output.isEmpty { try stream.element(name, text: output) }
  }
}
