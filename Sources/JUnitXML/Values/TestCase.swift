/// One test case of a report: whatever earns points by itself.
public struct TestCase: Sendable, Hashable {
  /// A stable id: one line of at most 200 characters, never empty.
  ///
  /// The report makes it unique.
  public let name: XMLText
  /// How long it took.
  public let time: ElapsedTime
  /// How it ended.
  public let outcome: Outcome
  /// Files that belong to it.
  public let attachments: [Attachment]
  /// What it printed to standard output; empty when nothing is to be shown.
  public let systemOut: XMLText
  /// What it printed to standard error; empty when nothing is to be shown.
  public let systemErr: XMLText

  /// A test case; a name on several lines is folded, outputs over 64 KiB and attempts beyond the fifth are cut.
  public init(
    _ name: XMLText, time: ElapsedTime = 0, outcome: Outcome, attachments: [Attachment] = [],
    systemOut: XMLText = "", systemErr: XMLText = ""
  ) {
    let line = name.oneLine(limit: XMLText.nameLimit)
    self.name = line.isEmpty ? "unnamed" : line
    self.time = time
    self.outcome = outcome.limited
    self.attachments = attachments
    self.systemOut = systemOut.cut(toBytes: XMLText.outputLimit)
    self.systemErr = systemErr.cut(toBytes: XMLText.outputLimit)
  }

  /// The text of `system-out`: a line for each attachment, then the output.
  var markedOutput: String {
    (attachments.map(\.line) + (systemOut.isEmpty ? [] : [systemOut.value])).joined(separator: "\n")
  }

  /// The same test case under another name.
  func named(_ name: String) -> TestCase {
    if name == self.name.value { return self }
    return TestCase(
      XMLText(safe: name), time: time, outcome: outcome, attachments: attachments, systemOut: systemOut,
      systemErr: systemErr)
  }
}
