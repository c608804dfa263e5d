import Testing

@testable import Grading

/// Lines that make a matcher which goes back and forth take quadratic time or worse; here the time grows with the line.
@Suite(.timeLimit(.minutes(1))) struct EventPatternHostileTests {
  /// Long enough that quadratic time would be minutes, short enough for linear time in a debug build.
  private static let size = 1 << 15

  private static func line(_ unit: String, end: String = "", size: Int = size) -> [UInt8] {
    Array((String(repeating: unit, count: size / unit.utf8.count) + end).utf8)
  }

  static let lines: [(String, [UInt8])] = [
    ("the literal again and again", line("Thread ")),
    ("the literals, but no number", line("Thread x: ")),
    ("numbers that are too long", line("1")),
    ("one number at the very end", line("Thread ", end: ": 1")),
    ("separators only", line(": ")),
    ("commas", line("x", end: String(repeating: ",", count: 1000))),
    ("blanks", line(" ")),
    ("words", line("ab ")),
    ("broken UTF-8", [UInt8](repeating: 0xFF, count: size)),
  ]

  static let patterns = [
    "Thread {thread}: {n:int}", "{a}: {b}: {c}: {n:int}!", "x{a},{b},{c}!", "{a:word} {b:word} {c:word}.",
    "{a} {b} {c} {d} {e} end", "{n:int}x", "Thread {a}", "{a:word}{{",
  ]

  @Test(arguments: lines)
  func `matching a whole line takes time in proportion to it`(_ what: String, line: [UInt8]) throws {
    for pattern in Self.patterns { _ = try EventPattern(pattern).match(line) }
  }

  @Test(arguments: lines)
  func `finding events anywhere in a line takes time in proportion to it`(_ what: String, line: [UInt8]) throws {
    for pattern in Self.patterns { _ = LineScanner([try EventPattern(pattern)], in: line).matches.count }
  }

  @Test func `a megabyte of the beginning of an event is read in seconds`() throws {
    let pattern = try EventPattern("Thread {thread}: {n:int}")
    let line = Self.line("Thread ", size: 1 << 20)
    #expect(LineScanner([pattern], in: line).matches.isEmpty)
    #expect(pattern.match(line) == nil)
  }
}
