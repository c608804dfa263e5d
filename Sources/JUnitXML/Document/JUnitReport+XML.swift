extension JUnitReport {
  /// The most bytes that a report may have; readers on libxml2 give up at a text of ten million.
  public static let sizeLimit = 9_000_000

  /// The document, parsed back, compared with these values and validated before it is handed out.
  ///
  /// A report that would have more bytes than `limit` has its outputs and details cut, all to the same size and no
  /// shorter than needed, each with a line that says how much is missing. Results, messages and properties are never cut:
  /// a report that is too large even then throws `JUnitError.tooLarge`, and has to be written as several.
  public func xml(limit: Int = sizeLimit) throws(JUnitError) -> [UInt8] {
    let (report, bytes) = try fitted(to: limit)
    try report.verify(bytes)
    return bytes
  }

  /// The report with outputs as long as the limit allows, and its document.
  func fitted(to limit: Int) throws(JUnitError) -> (report: JUnitReport, bytes: [UInt8]) {
    var report = self
    while true {
      let sizes = report.texts.map(\.value.utf8.count)
      let total = sizes.reduce(0, +)
      // What is too large before it is escaped need not be written to find that out.
      let bytes = total <= limit ? try JUnitWriter.write(report) : []
      if total <= limit, bytes.count <= limit { return (report, bytes) }
      let smaller = cut(toBytes: JUnitReport.half(of: sizes.max() ?? 0))
      if smaller == report { throw .tooLarge(bytes: max(bytes.count, total), limit: limit) }
      report = smaller
    }
  }

  /// The next size for texts of which the longest has `size` bytes; below 256 not even their beginnings are worth keeping.
  private static func half(of size: Int) -> Int {
    size > 256 ? size / 2 : 0
  }

  /// Throws unless these bytes are a valid document of exactly this report.
  func verify(_ bytes: [UInt8]) throws(JUnitError) {
    let read = try JUnitReader.read(bytes)
    if read != self { throw .altered(firstDifference(from: read)) }
  }

  private func firstDifference(from other: JUnitReport) -> String {
    guard suites.count == other.suites.count else { return "\(suites.count) suites became \(other.suites.count)" }
    for (suite, otherSuite) in zip(suites, other.suites) where suite != otherSuite {
      guard suite.testCases.count == otherSuite.testCases.count else {
        return "\(suite.testCases.count) test cases of \(suite.name) became \(otherSuite.testCases.count)"
      }
      let changed = zip(suite.testCases, otherSuite.testCases).first { $0 != $1 }
      return changed.map { "test case \($0.0.name) of \(suite.name) changed" } ?? "suite \(suite.name) changed"
    }
    return "nothing changed"
  }
}
