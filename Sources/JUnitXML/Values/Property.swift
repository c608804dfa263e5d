/// A named fact about a suite, such as its points or the machine it ran on.
public struct Property: Sendable, Hashable {
  /// The name: one line of at most 200 characters, never empty.
  public let name: XMLText
  /// The value, at most 4 KiB; line breaks and tabs in it are kept.
  public let value: XMLText

  /// A property.
  public init(_ name: XMLText, _ value: XMLText) {
    let line = name.oneLine(limit: XMLText.nameLimit)
    self.name = line.isEmpty ? "unnamed" : line
    self.value = value.cut(toBytes: 4 << 10)
  }
}
