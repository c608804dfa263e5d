extension JUnitReport {
  /// The most bytes that a report may have; readers on libxml2 give up at a text of ten million.
  public static let sizeLimit = 9_000_000

  /// The document in the default profile, parsed back, compared with these values and validated before it is handed
  /// out.
  ///
  /// A report that would have more bytes than `limit` has its outputs and details cut, all to the same size, each with
  /// a line that says how much is missing. Results, messages and properties are never cut: a report that is too large
  /// even then throws `JUnitError.tooLarge`, and has to be written as several.
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
