extension JUnitReport {
  /// The most bytes that a report may have; readers on libxml2 give up at a text of ten million.
  public static let sizeLimit = 9_000_000

  /// The document in the default profile, parsed back, compared with these values and validated before it is handed out.
  ///
  /// A report that would have more bytes than `limit` has its outputs and details cut, all to the same size, each with a
  /// line that says how much is missing. Results, messages and properties are never cut: a report that is too large even
  /// then throws `JUnitError.tooLarge`, and has to be written as several.
  public func xml(limit: Int = sizeLimit) throws(JUnitError) -> [UInt8] {
    let rendering = try Rendering(self, profile: .default, limit: limit)
    try rendering.verify(rendering.bytes)
    return rendering.bytes
  }

  /// The documents of a profile, each checked as `xml(limit:)` says and no larger than `limit`.
  ///
  /// There is one, but for the profile `surefire`, which has one for each suite.
  public func documents(_ profile: Profile, limit: Int = sizeLimit) throws(JUnitError) -> [JUnitDocument] {
    var documents: [JUnitDocument] = []
    for rendering in try renderings(profile, limit: limit) {
      try rendering.verify(rendering.bytes)
      documents.append(JUnitDocument(fileName: rendering.fileName, bytes: rendering.bytes))
    }
    return documents
  }

  /// The documents of a profile, not checked yet.
  func renderings(_ profile: Profile, limit: Int) throws(JUnitError) -> [Rendering] {
    guard profile == .surefire else { return [try Rendering(self, profile: profile, limit: limit)] }
    var renderings: [Rendering] = []
    for suite in suites {
      renderings.append(try Rendering(JUnitReport([suite]), profile: profile, limit: limit))
    }
    return renderings
  }
}

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

  /// The next size for texts of which the longest has `size` bytes; below 256 not even their beginnings are worth keeping.
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
