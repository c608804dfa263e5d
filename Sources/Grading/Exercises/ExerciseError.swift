/// Everything that is wrong with an exercise, all of it at once.
public struct ExerciseError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or folder, as the user named it.
  public var path: String
  /// At least one, in the order of the file.
  public var problems: [Problem]

  /// One thing that is wrong.
  public struct Problem: Sendable, Equatable {
    /// Where in the file; nil when it concerns the file as a whole.
    public var position: SourcePosition?
    /// What is wrong, a sentence.
    public var message: String
    /// What to do about it, a sentence; may be empty.
    public var advice: String

    /// One thing that is wrong.
    public init(_ message: String, advice: String = "", at position: SourcePosition? = nil) {
      self.position = position
      self.message = message
      self.advice = advice
    }
  }

  /// An error with its problems.
  public init(path: String, problems: [Problem]) {
    self.path = path
    self.problems = problems
  }

  /// One line for each problem: `path:line:column: message advice`.
  public var description: String {
    problems.map { problem in
      let place = problem.position.map { "\(path):\($0.line):\($0.column)" } ?? path
      return "\(place): \([problem.message, problem.advice].filter { !$0.isEmpty }.joined(separator: " "))"
    }.joined(separator: "\n")
  }
}

/// A place in a text file.
public struct SourcePosition: Sendable, Equatable, Comparable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, counted in Unicode scalars.
  public var column: Int

  /// A place in a text file.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte in a text.
  init(ofByte offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
  }

  /// Whether one place comes before another.
  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Gathers problems while a file is decoded, so that the reader learns of all of them at once.
final class ProblemList {
  private(set) var problems: [ExerciseError.Problem] = []

  func report(_ message: String, advice: String = "", at position: SourcePosition?) {
    problems.append(ExerciseError.Problem(message, advice: advice, at: position))
  }

  /// In the order of the file; those about the whole file first.
  var sorted: [ExerciseError.Problem] {
    let start = SourcePosition(line: 0, column: 0)
    return problems.enumerated().sorted {
      ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset)
    }.map(\.element)
  }
}
