/// A JUnit report: test suites with their test cases, two levels exactly.
///
/// No test case is lost to a name that is taken: the second test case called `order` becomes `order (its-suite)`, then
/// `order (its-suite) 2`, and the second suite `week03` becomes `week03-2`. Names that don't depend on what else is in
/// the report are the caller's business.
///
/// A report without suites would look green nearly everywhere, so it has one with an `error` instead.
public struct JUnitReport: Sendable, Hashable {
  /// The suites, at least one; names of suites, and of test cases in all of them, are unique.
  public let suites: [TestSuite]

  /// A report of these suites, in this order.
  public init(_ suites: [TestSuite]) {
    let suites = suites.isEmpty ? [JUnitReport.nothingGraded] : suites
    var suiteNames = UniqueNames()
    var caseNames = UniqueNames()
    self.suites = suites.map { suite in
      let name = suiteNames.claim(suite.name) { "-\($0)" }
      let testCases = suite.testCases.map { testCase in
        testCase.named(caseNames.claim(testCase.name.value) { JUnitReport.suffix(suite: name, number: $0) })
      }
      return suite.named(name, testCases: testCases)
    }
  }

  /// What all its test cases add up to.
  public var totals: Totals { Totals(suites.lazy.flatMap(\.testCases)) }

  private static func suffix(suite: String, number: Int) -> String {
    number == 2 ? " (\(suite.prefix(80)))" : " (\(suite.prefix(80))) \(number - 1)"
  }

  /// Nobody said when, so it is dated to the beginning of 1970.
  private static let nothingGraded = TestSuite(
    "threadmark", timestamp: TestSuite.unknownMoment, testCases: [])
}
