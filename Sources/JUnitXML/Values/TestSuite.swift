/// The test cases of one exercise of one submission.
///
/// A suite without test cases would look green nearly everywhere, so a suite that is given none has one `error`
/// instead, and a suite that is given no properties says at least who wrote it.
public struct TestSuite: Sendable, Hashable {
  /// The name, also the class name of each of its test cases: ASCII letters, digits, `_`, `.` and `-`.
  ///
  /// The report makes it unique.
  public let name: String
  /// When it began.
  public let timestamp: Timestamp
  /// Where it ran; `localhost` unless asked for.
  public let hostname: XMLText
  /// Facts about it, at least one.
  public let properties: [Property]
  /// The test cases, at least one.
  public let testCases: [TestCase]
  /// What the suite as a whole printed to standard output; may be empty.
  public let systemOut: XMLText
  /// What the suite as a whole printed to standard error; may be empty.
  public let systemErr: XMLText

  /// A suite; other characters in its name become `_`, and outputs over 64 KiB are cut.
  public init(
    _ name: String, timestamp: Timestamp, hostname: XMLText = "localhost", properties: [Property] = [],
    testCases: [TestCase], systemOut: XMLText = "", systemErr: XMLText = ""
  ) {
    let host = hostname.oneLine(limit: XMLText.nameLimit)
    self.name = TestSuite.identifier(name)
    self.timestamp = timestamp
    self.hostname = host.isEmpty ? "localhost" : host
    self.properties = properties.isEmpty ? [Property("generator", "threadmark")] : properties
    self.testCases = testCases.isEmpty ? [TestSuite.nothingGraded] : testCases
    self.systemOut = systemOut.cut(toBytes: XMLText.outputLimit)
    self.systemErr = systemErr.cut(toBytes: XMLText.outputLimit)
  }

  /// What its test cases add up to.
  public var totals: Totals { Totals(testCases) }

  /// What stands in place of no test cases at all.
  static let nothingGraded = TestCase(
    "nothing-graded", outcome: .error(Explanation("Nothing was graded: there are no test cases.")))

  /// The same suite under another name, with other test cases.
  func named(_ name: String, testCases: [TestCase]) -> TestSuite {
    TestSuite(
      name, timestamp: timestamp, hostname: hostname, properties: properties, testCases: testCases,
      systemOut: systemOut, systemErr: systemErr)
  }

  private static func identifier(_ name: String) -> String {
    let characters = name.unicodeScalars.prefix(XMLText.nameLimit).map { scalar -> Character in
      switch scalar {
      case "A"..."Z", "a"..."z", "0"..."9", "_", ".", "-": Character(scalar)
      default: "_"
      }
    }
    return characters.isEmpty ? "unnamed" : String(characters)
  }
}
