/// Matches a pattern with a whole line, in time that grows with the line and not with the ways to split it.
struct LineMatcher {
  private let parts: [EventPattern.Part]
  private let bytes: [UInt8]
  private let end: Int
  private var spans: [Range<Int>]
  /// Where each text or word was found impossible to begin: it can then begin nowhere behind in the same run either,
  /// since from there it could only end at places that have been tried.
  private var impossible: [Range<Int>]

  /// What the pattern captures from the line, blanks at the line's end left out; nil where it does not match.
  static func values(_ pattern: EventPattern, in line: [UInt8]) -> [String: EventValue]? {
    let end = line.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
    var matcher = LineMatcher(pattern, line, end: end)
    return matcher.matches(0, at: 0) ? pattern.values(matcher.spans, in: line) : nil
  }

  private init(_ pattern: EventPattern, _ bytes: [UInt8], end: Int) {
    parts = pattern.parts.withoutTrailingBlanks
    self.bytes = bytes
    self.end = end
    spans = Array(repeating: 0..<0, count: parts.count)
    impossible = spans
  }

  /// Whether the parts from `index` on match everything from a place on.
  private mutating func matches(_ index: Int, at start: Int) -> Bool {
    guard index < parts.count else { return start == end }
    var next: Int?
    switch parts[index] {
    case .literal(let literal): next = bytes[start..<end].starts(with: literal) ? start + literal.count : nil
    case .field(_, .int): next = NumberSpan.ofInt(in: bytes, start..<end)
    case .field(_, .float): next = NumberSpan.ofFloat(in: bytes, start..<end)
    case .field(_, .text): return matches(index, from: start, upTo: end)
    case .field(_, .word):
      return matches(index, from: start, upTo: bytes[start..<end].firstIndex(where: \.isBlank) ?? end)
    }
    guard let next, matches(index + 1, at: next) else { return false }
    spans[index] = start..<next
    return true
  }

  /// Tries to let a text or word end as early as possible.
  private mutating func matches(_ index: Int, from start: Int, upTo limit: Int) -> Bool {
    guard start < limit, !impossible[index].contains(start) else { return false }
    let isLast = index + 1 == parts.count
    for next in (isLast ? limit : start + 1)...limit where matches(index + 1, at: next) {
      spans[index] = start..<next
      return true
    }
    impossible[index] = start..<limit
    return false
  }
}

extension [EventPattern.Part] {
  /// The parts without blanks at the end, which a line's end does not show.
  fileprivate var withoutTrailingBlanks: [EventPattern.Part] {
    guard case .literal(let bytes) = last else { return self }
    let kept = bytes[..<(bytes.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0)]
    return dropLast() + (kept.isEmpty ? [] : [.literal([UInt8](kept))])
  }
}
