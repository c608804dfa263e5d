/// A file that belongs to a test case, as a path relative to the folder of the report.
public struct Attachment: Sendable, Hashable {
  /// The path, with `/` between its parts.
  public let path: String

  /// An attachment; nil for a path that can't be one.
  ///
  /// Such is a path that is empty, absolute or over 1,000 bytes, that leaves its folder, or that can't stand between
  /// the brackets of `[[ATTACHMENT|path]]`.
  public init?(relativePath path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard path.utf8.count <= 1_000, !parts.contains(""), !parts.contains(".."),
      !path.unicodeScalars.contains(where: { "[]|\n\t".unicodeScalars.contains($0) }),
      XMLText(path).value == path
    else { return nil }
    self.path = path
  }

  /// The line by which readers find the file.
  var line: String { "\(Attachment.start)\(path)\(Attachment.end)" }

  /// The attachments that a test case's output begins with, and the output below them.
  static func split(_ output: String) -> (attachments: [Attachment], output: String) {
    let newline = UInt8(ascii: "\n")
    var rest = output.utf8[...]
    var attachments: [Attachment] = []
    while let attachment = Attachment(line: rest.prefix { $0 != newline }) {
      attachments.append(attachment)
      rest = rest.drop { $0 != newline }.dropFirst()
    }
    return (attachments, String(Substring(rest)))
  }

  private init?(line: Substring.UTF8View) {
    let path = line.dropFirst(Attachment.start.utf8.count).dropLast(Attachment.end.utf8.count)
    guard line.elementsEqual([Array(Attachment.start.utf8), Array(path), Array(Attachment.end.utf8)].joined())
    else { return nil }
    self.init(relativePath: String(Substring(path)))
  }

  private static let start = "[[ATTACHMENT|"
  private static let end = "]]"
}
