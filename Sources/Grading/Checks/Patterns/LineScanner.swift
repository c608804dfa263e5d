/// Finds events of several patterns anywhere in a line, for lines that threads tore and nobody can put together.
///
/// From left to right, at each place the pattern that begins with fixed text goes before one that does not, a short
/// capture at the beginning before one that swallows another event, then the longest match. A text ends at the first place where what must follow it stands; at a pattern's end it ends where
/// another event may begin. There is no going back, so the time grows with the line alone.
struct LineScanner {
  /// A found event.
  struct Match {
    var pattern: Int
    var range: Range<Int>
    /// What it captures, in the order of the pattern.
    var values: [EventValue]
  }

  /// The events found in the line, in their order.
  private(set) var matches: [Match] = []
  /// Whether nothing but blanks is left between them.
  private(set) var coversLine = true

  private let patterns: [EventPattern]
  private var bytes: [UInt8] = []
  /// Where a text in each part of each pattern would end; one for all parts would be asked back and forth.
  private var ends: [[NextPlace]]
  private var blanks: [[NextPlace]]
  private let firstBytes: [UInt8?]

  /// A scanner for lines; made once, so that no line pays for the patterns.
  init(_ patterns: [EventPattern]) {
    self.patterns = patterns
    firstBytes = patterns.map { $0.leadingLiteral?.first }
    let starts = NextPlace(of: .literals(patterns.compactMap(\.leadingLiteral)))
    ends = patterns.map { pattern in
      pattern.parts.dropFirst().map { part in
        if case .literal(let literal) = part { NextPlace(of: .literals([literal])) } else { starts }
      } + [starts]
    }
    blanks = patterns.map { $0.parts.map { _ in NextPlace(of: .blank) } }
  }

  /// Scans one line.
  init(_ patterns: [EventPattern], in line: [UInt8]) {
    self.init(patterns)
    scan(line)
  }

  /// Scans a line; what was found in the one before is forgotten.
  mutating func scan(_ line: [UInt8]) {
    bytes = line
    matches.removeAll(keepingCapacity: true)
    coversLine = true
    for pattern in patterns.indices {
      for part in ends[pattern].indices { ends[pattern][part].forget() }
      for part in blanks[pattern].indices { blanks[pattern][part].forget() }
    }
    var place = 0
    while place < line.count {
      if let end = takeEvent(at: place) {
        place = end
      } else {
        coversLine = coversLine && line[place].isBlank
        place += 1
      }
    }
  }

  /// Takes the event at a place; also under other names, where their patterns end at the same place.
  private mutating func takeEvent(at place: Int) -> Int? {
    var candidates: [(pattern: Int, spans: [Range<Int>], end: Int)] = []
    for index in patterns.indices {
      if let first = firstBytes[index], first != bytes[place] { continue }
      guard let spans = spans(of: index, at: place), let end = spans.last?.upperBound else { continue }
      candidates.append((index, spans, end))
    }
    let best = candidates.max { rank($0.pattern, $0.spans) < rank($1.pattern, $1.spans) }
    guard let best else { return nil }
    for candidate in candidates where candidate.end == best.end {
      let values = patterns[candidate.pattern].values(candidate.spans, in: bytes)
      matches.append(Match(pattern: candidate.pattern, range: place..<best.end, values: values))
    }
    return best.end
  }

  /// What decides between events at the same place, the most important first.
  private func rank(_ pattern: Int, _ spans: [Range<Int>]) -> (literal: Int, beginning: Int, end: Int) {
    let (beginning, end) = (spans.first?.upperBound ?? 0, spans.last?.upperBound ?? 0)
    return patterns[pattern].leadingLiteral == nil ? (0, -beginning, end) : (1, 0, end)
  }

  private mutating func spans(of pattern: Int, at place: Int) -> [Range<Int>]? {
    var spans: [Range<Int>] = []
    var start = place
    for part in patterns[pattern].parts.indices {
      guard let end = end(of: part, in: pattern, at: start) else { return nil }
      spans.append(start..<end)
      start = end
    }
    return spans
  }

  private mutating func end(of part: Int, in pattern: Int, at start: Int) -> Int? {
    switch patterns[pattern].parts[part] {
    case .literal(let literal): bytes.stands(literal, at: start, before: bytes.count) ? start + literal.count : nil
    case .field(_, .int): NumberSpan.ofInt(in: bytes, start..<bytes.count)
    case .field(_, .float): NumberSpan.ofFloat(in: bytes, start..<bytes.count)
    case .field(_, .text): endOfText(part, in: pattern, at: start, limit: bytes.count)
    case .field(_, .word):
      endOfText(part, in: pattern, at: start, limit: blanks[pattern][part].place(in: bytes, from: start))
    }
  }

  private mutating func endOfText(_ part: Int, in pattern: Int, at start: Int, limit: Int) -> Int? {
    guard start < limit, part > 0 || !bytes[start].isBlank else { return nil }
    var end = ends[pattern][part].place(in: bytes, from: start + 1)
    if part + 1 < patterns[pattern].parts.count {
      return end < bytes.count && end <= limit ? end : nil
    }
    end = min(end, limit)
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return end > start ? end : nil
  }
}

/// Where something stands next, remembered, because a scan asks again from almost every place.
private struct NextPlace {
  enum Target {
    case blank
    case literals([[UInt8]])
  }

  private let target: Target
  private var searchedFrom = 0
  private var found = -1

  init(of target: Target) {
    self.target = target
  }

  /// Begins with another line.
  mutating func forget() {
    searchedFrom = 0
    found = -1
  }

  /// The first place from `start` on where it stands; the end of the bytes where there is none.
  mutating func place(in bytes: [UInt8], from start: Int) -> Int {
    if start < searchedFrom || start > found {
      searchedFrom = start
      found = start
      while found < bytes.count, !stands(at: found, in: bytes) { found += 1 }
    }
    return found
  }

  private func stands(at place: Int, in bytes: [UInt8]) -> Bool {
    switch target {
    case .blank: bytes[place].isBlank
    case .literals(let literals):
      literals.contains { bytes[place] == $0[0] && bytes.stands($0, at: place, before: bytes.count) }
    }
  }
}
