/// A form of the document: no single one satisfies the schemas of all tools.
public enum Profile: String, Sendable, Hashable, CaseIterable {
  /// Everything a report says, in one file: valid for Jenkins, read by all tools that were tried.
  case `default`
  /// One file for tools on Ant's schema: outputs move to the suite, under a heading for each test case.
  case ant
  /// A file `TEST-<suite>.xml` for each suite, without suite outputs, host and moment, for tools that follow Maven
  /// Surefire.
  ///
  /// It is also the one for Ant's own `junitreport` task, which passes over every file whose root is `testsuites`
  /// (1.10.13).
  case surefire

  /// As much of a report as the profile has room for; this is what reads back.
  func projection(of report: JUnitReport) -> JUnitReport {
    switch self {
    case .default: report
    case .ant: JUnitReport(report.suites.map(\.forAnt))
    case .surefire: JUnitReport(report.suites.map(\.forSurefire))
    }
  }
}

/// A written document, ready for a file.
public struct JUnitDocument: Sendable, Hashable {
  /// The name that readers of the profile look for, such as `TEST-week03.xml`.
  public let fileName: String
  /// The document, UTF-8.
  public let bytes: [UInt8]
}
