internal import Foundation

extension TestSuite {
  /// When a suite began whose document doesn't say so.
  static let unknownMoment = Timestamp(Date(timeIntervalSince1970: 0))

  /// The suite without what Surefire's schema has no place for: its own output, where it ran, and when.
  var forSurefire: TestSuite {
    TestSuite(name, timestamp: TestSuite.unknownMoment, properties: properties, testCases: testCases)
  }
}
