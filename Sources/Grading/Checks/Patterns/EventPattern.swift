/// The form of what a program prints for one event, such as `Thread {thread}: {n:int}`.
///
/// Braces name what is captured, with a type after a colon; `{{` and `}}` stand for the braces themselves.
///
/// | type | captures |
/// |---|---|
/// | `text` | as little as possible, at least one character, on one line; what a field without a type is |
/// | `word` | the same without spaces |
/// | `int` | a whole number of up to 18 digits, with or without a sign |
/// | `float` | a number with or without a fraction and an exponent |
public struct EventPattern: Sendable, Equatable, CustomStringConvertible {
  /// The pattern as it was written.
  public let description: String
  let parts: [Part]

  enum Part: Sendable, Equatable {
    case literal([UInt8])
    case field(name: String, type: FieldType)
  }

  enum FieldType: String, Sendable, CaseIterable {
    case text, word, int, float
  }

  /// Reads a pattern.
  /// - Parameter text: the pattern.
  /// - Throws: what is wrong and in which column.
  public init(_ text: String) throws(EventPatternError) {
    description = text
    var reader = EventPatternReader(text)
    parts = try reader.parts()
  }

  /// The names of what it captures, in order.
  public var fieldNames: [String] {
    parts.compactMap { if case .field(let name, _) = $0 { name } else { nil } }
  }

  /// What comes first, where that is fixed text.
  var leadingLiteral: [UInt8]? {
    if case .literal(let bytes) = parts.first { bytes } else { nil }
  }

  /// What a match captured, in the order of the names.
  func values(_ spans: [Range<Int>], in bytes: [UInt8]) -> [EventValue] {
    var values: [EventValue] = []
    values.reserveCapacity(spans.count)
    for (part, span) in zip(parts, spans) {
      if case .field = part { values.append(EventValue(String(decoding: bytes[span], as: UTF8.self))) }
    }
    return values
  }
}

/// What is wrong with a pattern, and where.
public struct EventPatternError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, as a sentence.
  public var message: String
  /// The character of the pattern that it is about, from 1.
  public var column: Int

  /// The sentence with its place.
  public var description: String { "\(message) (column \(column))" }
}

/// Takes a pattern apart.
struct EventPatternReader {
  private let characters: [Character]
  private var index = 0
  private var found: [EventPattern.Part] = []
  private var literal = ""
  private var names: Set<String> = []

  init(_ text: String) {
    characters = Array(text)
  }

  mutating func parts() throws(EventPatternError) -> [EventPattern.Part] {
    while index < characters.count {
      let character = characters[index]
      let isDouble = index + 1 < characters.count && characters[index + 1] == character
      switch character {
      case "{" where isDouble, "}" where isDouble:
        literal.append(character)
        index += 2
      case "{": try field()
      case "}": throw problem("A closing brace has no opening one; write }} for the brace itself.")
      case _ where character.isNewline: throw problem("A pattern describes a part of one line.")
      default:
        literal.append(character)
        index += 1
      }
    }
    endLiteral()
    guard found.contains(where: { !$0.isBlank }) else { throw problem("The pattern is empty.", at: 0) }
    return found
  }

  private mutating func field() throws(EventPatternError) {
    let start = index
    guard let end = characters[index...].firstIndex(of: "}") else { throw problem("This brace is never closed.") }
    let words = String(characters[(start + 1)..<end]).split(separator: ":", omittingEmptySubsequences: false)
    let name = words.first.map(String.init) ?? ""
    guard words.count <= 2, name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
      throw problem("In braces stands a name, such as {thread}, and perhaps a type, such as {n:int}.")
    }
    guard let type = EventPattern.FieldType(rawValue: words.count == 2 ? String(words[1]) : "text") else {
      throw problem("There is no type \"\(words[1])\"; there are text, word, int and float.")
    }
    guard names.insert(name).inserted else { throw problem("The name \"\(name)\" stands in braces twice.") }
    endLiteral()
    if case .field = found.last {
      throw problem("Between two captures there must be some fixed text, or nobody can tell where one ends.")
    }
    found.append(.field(name: name, type: type))
    index = end + 1
  }

  private mutating func endLiteral() {
    if !literal.isEmpty { found.append(.literal(Array(literal.utf8))) }
    literal = ""
  }

  private func problem(_ message: String, at place: Int? = nil) -> EventPatternError {
    EventPatternError(message: message, column: (place ?? index) + 1)
  }
}

extension EventPattern.Part {
  fileprivate var isBlank: Bool {
    if case .literal(let bytes) = self { bytes.allSatisfy(\.isBlank) } else { false }
  }
}

extension UInt8 {
  /// Whether this byte is a space, a tab or another blank of ASCII.
  var isBlank: Bool { self == 32 || (9...13).contains(self) }

  /// Whether this byte is a decimal digit.
  var isDigit: Bool { (48...57).contains(self) }
}
