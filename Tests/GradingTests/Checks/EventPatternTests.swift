import Testing

@testable import Grading

@Suite struct EventPatternTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var pattern: String
    var line: String
    var values: [String: EventValue]?

    init(_ pattern: String, _ line: String, _ values: [String: EventValue]?) {
      self.pattern = pattern
      self.line = line
      self.values = values
    }

    var testDescription: String { "\(pattern) | \(line)" }
  }

  @Test(arguments: [
    Example("Thread {thread}: {n:int}", "Thread Thread 1: 17", ["thread": "Thread 1", "n": 17]),
    Example("Thread {thread}: {n:int}", "Thread a: b: 3", ["thread": "a: b", "n": 3]),
    Example("Thread {thread}: {n:int}", "Thread 1: 1 \t\r", ["thread": 1, "n": 1]),
    Example("Thread {thread}: {n:int}", "Thread : 1", nil),
    Example("Thread {thread}: {n:int}", " Thread x: 1", nil),
    Example("Thread {thread}: {n:int}", "Thread x: 1.", nil),
    Example("{a}-{b}", "x-y-z", ["a": "x", "b": "y-z"]),
    Example("{a:word} {b}", "x y z", ["a": "x", "b": "y z"]),
    Example("{a:word}: {b:word}", "x y: z", nil),
    Example("{w:word}, {x}, {y:word}!", "a, b, c d, e!", ["w": "a", "x": "b, c d", "y": "e"]),
    Example("took {s:float} s", "took 3.25 s", ["s": 3.25]),
    Example("took {s:float}.", "took 3.", ["s": 3]),
    Example("{x:float}", "-1.5e-3", ["x": -0.0015]),
    Example("{x:float}", ".5", ["x": 0.5]),
    Example("{x:float}", "nan", nil),
    Example("{n:int}", "-5", ["n": -5]),
    Example("{n:int}", "5.0", nil),
    Example("{n:int}", "123456789012345678", ["n": 123_456_789_012_345_678]),
    Example("{n:int}", "1234567890123456789", nil),
    Example("{{{a}}}", "{x}", ["a": "x"]),
    Example("[{a:int}, {b:int}]", "[1, 4]", ["a": 1, "b": 4]),
    Example("Grüße an {name}", "Grüße an Zoë 🎉", ["name": "Zoë 🎉"]),
    Example("done", "done", [:]),
    Example("done ", "done", [:]),
    Example("done", "", nil),
  ])
  func `a pattern matches a whole line`(_ example: Example) throws {
    let pattern = try EventPattern(example.pattern)
    #expect(pattern.match(Array(example.line.utf8)) == example.values)
  }

  @Test(arguments: [
    ("a {n", 3, "This brace is never closed."),
    ("a } b", 3, "A closing brace has no opening one; write }} for the brace itself."),
    ("{n:number}", 1, "There is no type \"number\"; there are text, word, int and float."),
    ("{}", 1, "In braces stands a name, such as {thread}, and perhaps a type, such as {n:int}."),
    ("x {1a}", 3, "In braces stands a name, such as {thread}, and perhaps a type, such as {n:int}."),
    ("{a:int:b}", 1, "In braces stands a name, such as {thread}, and perhaps a type, such as {n:int}."),
    ("{a} {a}", 5, "The name \"a\" stands in braces twice."),
    ("{a}{b}", 4, "Between two captures there must be some fixed text, or nobody can tell where one ends."),
    ("", 1, "The pattern is empty."),
    ("  ", 1, "The pattern is empty."),
    ("a\nb", 2, "A pattern describes a part of one line."),
  ])
  func `a bad pattern says what is wrong and where`(_ text: String, column: Int, message: String) {
    #expect(throws: EventPatternError(message: message, column: column)) { try EventPattern(text) }
  }

  struct Scan: Sendable, CustomTestStringConvertible {
    var patterns: [String]
    var line: String
    var found: [[String: EventValue]]
    var coversLine = true

    var testDescription: String { line }
  }

  private static let thread = "Thread {thread}: {n:int}"

  @Test(arguments: [
    Scan(
      patterns: [thread], line: "Thread Thread 1: 1Thread Thread 2: 1",
      found: [["thread": "Thread 1", "n": 1], ["thread": "Thread 2", "n": 1]]),
    Scan(
      patterns: [thread], line: "Thread 1: 10Thread 2: 2 Thread 1: 3",
      found: [["thread": 1, "n": 10], ["thread": 2, "n": 2], ["thread": 1, "n": 3]]),
    Scan(patterns: [thread], line: "Thread a: oops, Thread b: 2", found: [["thread": "b", "n": 2]], coversLine: false),
    Scan(patterns: ["{w}: {n:int}"], line: "a: 1b: 2", found: [["w": "a", "n": 1], ["w": "b", "n": 2]]),
    Scan(patterns: ["hello {name}"], line: "hello ahello b", found: [["name": "a"], ["name": "b"]]),
    Scan(patterns: ["hello {name:word} !"], line: "hello a !hello b !", found: [["name": "a"], ["name": "b"]]),
    Scan(patterns: ["hello {name:word}!"], line: "hello a b!", found: [], coversLine: false),
    Scan(patterns: ["Done", "{w}: {n:int}"], line: "Donea: 1", found: [[:], ["w": "a", "n": 1]]),
    Scan(patterns: ["t {n:int}", "t {n:int} end"], line: "t 1 endt 2", found: [["n": 1], ["n": 2]]),
    Scan(patterns: ["t {n:int}", "t {m:int}"], line: "t 1", found: [["n": 1], ["m": 1]]),
    Scan(patterns: [" x"], line: "a x x", found: [[:], [:]], coversLine: false),
    Scan(patterns: ["x"], line: " \t", found: []),
    Scan(patterns: ["{w} enters", "{w} leaves"], line: "a leavesb enters", found: [["w": "a"], ["w": "b"]]),
    Scan(patterns: ["{w} enters", "{w} enters well"], line: "a enters wellb enters", found: [["w": "a"], ["w": "b"]]),
  ])
  func `events are found anywhere in a torn line`(_ scan: Scan) throws {
    let patterns = try scan.patterns.map { try EventPattern($0) }
    let scanner = LineScanner(patterns, in: Array(scan.line.utf8))
    #expect(scanner.matches.map { patterns[$0.pattern].named($0.values) } == scan.found)
    #expect(scanner.coversLine == scan.coversLine)
  }
}

extension EventPattern {
  /// What it captures from a whole line, by name.
  func match(_ line: [UInt8]) -> [String: EventValue]? {
    var matcher = LineMatcher(self)
    return matcher.values(in: line).map(named)
  }

  /// Captured values by name.
  func named(_ values: [EventValue]) -> [String: EventValue] {
    Dictionary(uniqueKeysWithValues: zip(fieldNames, values))
  }
}
