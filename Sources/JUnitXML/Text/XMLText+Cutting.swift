extension XMLText {
  /// The most bytes of UTF-8 that one output may have in a report; longer ones lose their middle.
  public static let outputLimit = 64 << 10
  /// The most characters (Unicode scalars) of a name.
  public static let nameLimit = 200
  /// The most characters (Unicode scalars) of a message.
  public static let messageLimit = 1_000

  /// What a program printed: at most 64 KiB, head and tail kept, with a line that says how much was cut between them.
  public static func output(_ text: String) -> XMLText {
    XMLText(text).cut(toBytes: outputLimit)
  }

  /// What a program printed as bytes, which may not be UTF-8: at most 64 KiB, head and tail kept, the cut named.
  public static func output(decoding bytes: some Sequence<UInt8>) -> XMLText {
    XMLText(decoding: bytes).cut(toBytes: outputLimit)
  }

  /// The text on one line: line breaks and the blanks around them become one space, tabs a space.
  ///
  /// A line of more than `limit` Unicode scalars loses its middle to a `…`, because the end of a message may matter as
  /// much as its beginning: points stand there.
  public func oneLine(limit: Int = messageLimit) -> XMLText {
    let lines = value.unicodeScalars.split { Self.lineBreaks.contains($0) }
    let words = lines.map { Self.withoutOuterBlanks($0) }.filter { !$0.isEmpty }
    let line = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    let scalars = line.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    guard scalars.count > limit else { return XMLText(safe: Self.string(scalars)) }
    let kept = max(0, limit - 1)
    let tail = kept / 2
    let head = kept - tail
    return XMLText(safe: Self.string(scalars.prefix(head) + ["…"] + scalars.suffix(tail)))
  }

  /// The text in at most `limit` bytes of UTF-8: head and tail, and between them a line that says how much was cut.
  ///
  /// A limit too small for that line leaves nothing but the line, and text no longer than the line is not cut. What an
  /// earlier cut took is counted again.
  func cut(toBytes limit: Int) -> XMLText {
    let utf8 = value.utf8
    let count = utf8.count
    guard count > max(limit, Self.notice(cut: count).utf8.count) else { return self }
    let room = max(0, limit - Self.notice(cut: max(count, Self.largestCount)).utf8.count)
    let head = Self.boundary(in: value, utf8.index(utf8.startIndex, offsetBy: room - room / 2), forward: false)
    let tail = Self.boundary(in: value, utf8.index(utf8.endIndex, offsetBy: -(room / 2)), forward: true)
    let removed = value[head..<tail]
    let notice = Self.notice(cut: removed.utf8.count + Self.countCutEarlier(in: removed))
    if room == 0 { return XMLText(safe: notice.filter { $0 != "\n" }) }
    return XMLText(safe: value[..<head] + notice + value[tail...])
  }

  private static let lineBreaks: Set<Unicode.Scalar> = ["\n", "\u{2028}", "\u{2029}"]
  private static let noticeStart = "... "
  private static let noticeEnd = " bytes cut here ..."
  /// A count that no text reaches; it keeps the notice's length the same whatever it says.
  private static let largestCount = 999_999_999_999

  private static func notice(cut count: Int) -> String {
    "\n\(noticeStart)\(count)\(noticeEnd)\n"
  }

  private static func countCutEarlier(in removed: Substring) -> Int {
    guard removed.contains(noticeEnd) else { return 0 }
    return removed.split(separator: "\n").reduce(0) { sum, line in
      guard line.hasPrefix(noticeStart), line.hasSuffix(noticeEnd),
        let count = Int(line.dropFirst(noticeStart.count).dropLast(noticeEnd.count)), (0...largestCount).contains(count)
      else { return sum }
      // The line came with a line break on either side of it.
      return min(largestCount, sum + count - line.utf8.count - 2)
    }
  }

  private static func boundary(in text: String, _ index: String.Index, forward: Bool) -> String.Index {
    var index = index
    while index < text.endIndex, index > text.startIndex, UTF8.isContinuation(text.utf8[index]) {
      index = text.utf8.index(index, offsetBy: forward ? 1 : -1)
    }
    return index
  }

  private static func withoutOuterBlanks(
    _ scalars: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
    let tail = scalars.drop(while: isBlank)
    guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return tail }
    return tail[...last]
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
