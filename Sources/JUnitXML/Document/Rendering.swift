/// A document and the values that it must read back as.
struct Rendering {
  let report: JUnitReport
  let bytes: [UInt8]
  let fileName: String

  /// Writes a report with outputs as long as the limit allows.
  init(_ whole: JUnitReport, profile: Profile, limit: Int) throws(JUnitError) {
    fileName = profile == .surefire ? "TEST-\(whole.suites[0].name).xml" : "junit.xml"
    var cut = whole
    while true {
      let report = profile.projection(of: cut)
      let size = report.texts.reduce(0) { $0 + $1.value.utf8.count }
      // What is too large before it is escaped need not be written to find that out.
      let bytes = size <= limit ? try JUnitWriter.write(report, profile) : []
      if size <= limit, bytes.count <= limit {
        self.report = report
        self.bytes = bytes
        return
      }
      let smaller = whole.cut(toBytes: Rendering.half(of: cut.texts.map(\.value.utf8.count).max() ?? 0))
      if smaller == cut { throw .tooLarge(bytes: max(bytes.count, size), limit: limit) }
      cut = smaller
    }
  }

  /// Throws unless these bytes are a valid document of exactly this report.
  func verify(_ bytes: [UInt8]) throws(JUnitError) {
    let read = try JUnitReader.read(bytes)
    if read != report { throw .altered(report.firstDifference(from: read)) }
  }

  /// The next size for texts of which the longest has `size` bytes; below 256 not even their beginnings are worth
  /// keeping.
  private static func half(of size: Int) -> Int {
    size > 256 ? size / 2 : 0
  }
}

extension JUnitReport {
  fileprivate func firstDifference(from other: JUnitReport) -> String {
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
