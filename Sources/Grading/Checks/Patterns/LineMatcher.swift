/// Matches a pattern with whole lines, in time that grows with the line and not with the ways to split it.
///
/// Made once for a pattern and asked for every line, so that no line pays for more than itself.
struct LineMatcher {
  private let pattern: EventPattern
  private let parts: [EventPattern.Part]
  private var bytes: [UInt8] = []
  private var end = 0
  private var spans: [Range<Int>]
  /// Where each text or word was found impossible to begin: it can then begin nowhere behind in the same run either,
  /// since from there it could only end at places that have been tried.
  private var impossible: [Range<Int>]

  /// A matcher for a pattern.
  init(_ pattern: EventPattern) {
    self.pattern = pattern
    parts = pattern.parts.withoutTrailingBlanks
    spans = Array(repeating: 0..<0, count: parts.count)
    impossible = spans
  }

  /// What the pattern captures from the line, blanks at the line's end left out; nil where it does not match.
  mutating func values(in line: [UInt8]) -> [EventValue]? {
    bytes = line
    end = line.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
    for index in impossible.indices { impossible[index] = 0..<0 }
    return matches(0, at: 0) ? pattern.values(spans, in: line) : nil
  }

  /// Whether the parts from `index` on match everything from a place on.
  private mutating func matches(_ index: Int, at start: Int) -> Bool {
    guard index < parts.count else { return start == end }
    var next: Int?
    switch parts[index] {
    case .literal(let literal): next = bytes.stands(literal, at: start, before: end) ? start + literal.count : nil
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

extension [UInt8] {
  /// Whether some bytes stand at a place and end before another.
  func stands(_ literal: [UInt8], at place: Int, before end: Int) -> Bool {
    guard place + literal.count <= end else { return false }
    for offset in literal.indices where self[place + offset] != literal[offset] { return false }
    return true
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
