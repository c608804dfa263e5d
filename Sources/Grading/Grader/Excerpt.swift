/// The beginning and the end of what a program printed, for a report.
enum Excerpt {
  /// The most bytes that are kept of one stream, half of them from its beginning and half from its end.
  static let maximumSize = 64 << 10

  /// The text of a stream, decoded leniently, with a remark where something was left out.
  /// - Parameters:
  ///   - bytes: what was kept of the stream.
  ///   - lost: how many bytes more were printed.
  ///   - tail: the last of these, as far as they were kept.
  /// - Returns: text of little more than `maximumSize`.
  static func text(_ bytes: [UInt8], without lost: Int, tail: [UInt8] = []) -> String {
    let kept = bytes.count <= maximumSize ? String(decoding: bytes, as: UTF8.self) : headAndTail(bytes)
    if lost <= 0 { return kept }
    if tail.isEmpty { return kept + "\n[... \(lost) more bytes were not kept]\n" }
    let end = String(decoding: tail.drop { $0 & 0b1100_0000 == 0b1000_0000 }, as: UTF8.self)
    return kept + "\n[... \(lost - tail.count) bytes past the limit left out ...]\n" + end
  }

  /// Characters that the cuts split are left out rather than shown as broken ones.
  private static func headAndTail(_ bytes: [UInt8]) -> String {
    let half = maximumSize / 2
    var head = String(decoding: bytes.prefix(half), as: UTF8.self)
    while head.unicodeScalars.last == "\u{fffd}" { head.unicodeScalars.removeLast() }
    let tail = bytes.suffix(half).drop { $0 & 0b1100_0000 == 0b1000_0000 }
    let remark = "\n[... \(bytes.count - maximumSize) bytes left out ...]\n"
    return head + remark + String(decoding: tail, as: UTF8.self)
  }
}
