/// Reads the reports that this module writes back into values.
public enum JUnitReader {
  /// The report in these bytes, a document of one of our profiles.
  ///
  /// Bytes over 9 MB are not looked at. Throws a `JUnitError` with the line, and the column where XML itself is broken.
  public static func read(_ bytes: [UInt8]) throws(JUnitError) -> JUnitReport {
    guard bytes.count <= JUnitReport.sizeLimit else {
      throw .tooLarge(bytes: bytes.count, limit: JUnitReport.sizeLimit)
    }
    let document = try XMLDocument(bytes)
    try XMLSchema(PackageResources.junit_xsd).validate(document)
    return try document.withRoot(report)
  }

  /// The root is a suite in the profile `surefire` alone.
  private static func report(_ element: XMLElement) throws(JUnitError) -> JUnitReport {
    let suites = element.name == "testsuite" ? [try suite(element)] : try suites(element)
    let report = JUnitReport(suites)
    guard report.suites == suites else {
      throw .inconsistent(reason: "a name stands twice", line: element.line)
    }
    return report
  }

  private static func suites(_ element: XMLElement) throws(JUnitError) -> [TestSuite] {
    var suites: [TestSuite] = []
    for child in element.children {
      guard child["id"] == "\(suites.count)" else {
        throw .inconsistent(reason: "the suite's id isn't its number, \(suites.count)", line: child.line)
      }
      suites.append(try suite(child))
    }
    return suites
  }

  private static func suite(_ element: XMLElement) throws(JUnitError) -> TestSuite {
    var properties: [Property] = []
    var testCases: [TestCase] = []
    for child in element.children {
      switch child.name {
      case "properties":
        properties += child.children.map { Property(XMLText($0["name"]), XMLText($0["value"])) }
      case "testcase": testCases.append(try testCase(child, suite: element["name"]))
      default: break
      }
    }
    let suite = TestSuite(
      element["name"], timestamp: try timestamp(element), hostname: XMLText(element["hostname"]),
      properties: properties,
      testCases: testCases, systemOut: XMLText(element.text(of: "system-out")),
      systemErr: XMLText(element.text(of: "system-err")))
    try check(suite.totals, against: element)
    return suite
  }

  private static func timestamp(_ element: XMLElement) throws(JUnitError) -> Timestamp {
    let text = element["timestamp"]
    if text.isEmpty { return TestSuite.unknownMoment }
    guard let timestamp = Timestamp(description: text) else {
      throw .invalid(reason: "\(text) is no moment", line: element.line)
    }
    return timestamp
  }

  private static func check(_ totals: Totals, against element: XMLElement) throws(JUnitError) {
    let computed: KeyValuePairs = [
      "tests": "\(totals.tests)", "failures": "\(totals.failures)", "errors": "\(totals.errors)",
      "skipped": "\(totals.skipped)", "time": totals.time.description,
    ]
    for (name, value) in computed where element[name] != value {
      throw .inconsistent(
        reason: "the suite says \(name)=\"\(element[name])\" and its test cases add up to \(value)", line: element.line)
    }
  }

  private static func testCase(_ element: XMLElement, suite: String) throws(JUnitError) -> TestCase {
    guard element["classname"] == suite else {
      throw .inconsistent(reason: "the classname isn't the suite's name, \(suite)", line: element.line)
    }
    let (attachments, output) = Attachment.split(element.text(of: "system-out"))
    return TestCase(
      XMLText(element["name"]), time: try time(element), outcome: try outcome(element), attachments: attachments,
      systemOut: XMLText(output), systemErr: XMLText(element.text(of: "system-err")))
  }

  private static func time(_ element: XMLElement) throws(JUnitError) -> ElapsedTime {
    guard let time = ElapsedTime(description: element["time"]) else {
      throw .invalid(reason: "\(element["time"]) is no time in seconds", line: element.line)
    }
    return time
  }

  private static func outcome(_ element: XMLElement) throws(JUnitError) -> Outcome {
    let children = element.children
    let flaky = try attempts("flakyFailure", in: children)
    for child in children {
      switch child.name {
      case "failure":
        let failure = Failure(try type(child), try explanation(child, text: child.text))
        return .failure(failure, rerunFailures: try attempts("rerunFailure", in: children), flakyFailures: flaky)
      case "error": return .error(try explanation(child, text: child.text))
      case "skipped": return .skipped(try explanation(child, text: child.text))
      default: break
      }
    }
    return .passed(flakyFailures: flaky)
  }

  private static func attempts(_ name: String, in elements: [XMLElement]) throws(JUnitError) -> [FailedAttempt] {
    var attempts: [FailedAttempt] = []
    for element in elements where element.name == name {
      let failure = Failure(try type(element), try explanation(element, text: element.text(of: "stackTrace")))
      attempts.append(
        FailedAttempt(
          failure, systemOut: XMLText(element.text(of: "system-out")),
          systemErr: XMLText(element.text(of: "system-err"))))
    }
    return attempts
  }

  private static func type(_ element: XMLElement) throws(JUnitError) -> FailureType {
    guard let type = FailureType(rawValue: element["type"]) else {
      throw .invalid(reason: "\(element["type"]) is no type of failure", line: element.line)
    }
    return type
  }

  private static func explanation(_ element: XMLElement, text: String) throws(JUnitError) -> Explanation {
    guard let explanation = Explanation(message: element["message"], text: text) else {
      throw .inconsistent(reason: "the text of \(element.name) doesn't begin with its message", line: element.line)
    }
    return explanation
  }
}
