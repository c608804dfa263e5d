/// A value that a pattern captured or an exercise asks for; numbers compare as numbers however they are written.
///
/// `7`, `"7"`, `7.0` and the captured text `7` are all equal; `007` is a text. Numbers come before texts, which compare
/// character by character.
public struct EventValue: Sendable, Hashable, Comparable {
  /// The value as it is written.
  public let text: String
  private let key: Key

  private enum Key: Hashable {
    case whole(Int)
    case fraction(Double)
    case text(String)
    case writer(Int)
  }

  /// A value as it is written.
  public init(_ text: String) {
    self.text = text
    if let whole = Self.whole(text) {
      key = .whole(whole)
    } else if let number = Self.fraction(text) {
      key = Int(exactly: number).map(Key.whole) ?? .fraction(number)
    } else {
      key = .text(text)
    }
  }

  /// A whole number.
  public init(_ number: Int) {
    text = String(number)
    key = .whole(number)
  }

  /// A number.
  public init(_ number: Double) {
    let whole = Int(exactly: number)
    text = whole.map(String.init) ?? String(number)
    key = whole.map(Key.whole) ?? .fraction(number)
  }

  /// A thread that wrote, under its name; it equals itself alone, also where another has the same name.
  init(writer number: Int, name: String) {
    text = name
    key = .writer(number)
  }

  /// A whole number as one writes it; `007` and `-0` are none.
  private static func whole(_ text: String) -> Int? {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard let first = digits.first, first.isDigit, first != UInt8(ascii: "0") || (digits.count == 1 && !isNegative)
    else { return nil }
    return Int(text)
  }

  /// A number written with a decimal point or an exponent; words such as `inf` and `nan` are texts.
  private static func fraction(_ text: String) -> Double? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard let first = digits.first, digits.contains(where: { ".eE".utf8.contains($0) }) else { return nil }
    guard first == UInt8(ascii: ".") || (48...57).contains(first), text.utf8.count <= 40 else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether it is a number.
  public var isNumber: Bool {
    switch key {
    case .whole, .fraction: true
    case .text, .writer: false
    }
  }

  /// Whether two values are the same number or the same text.
  public static func == (left: Self, right: Self) -> Bool { left.key == right.key }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Whether a value comes before another: numbers by size, then texts.
  public static func < (left: Self, right: Self) -> Bool {
    switch (left.key, right.key) {
    case (.whole(let left), .whole(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    case (.writer(let left), .writer(let right)): left < right
    case (.writer, _): false
    case (_, .writer): true
    case (.text, _): false
    case (_, .text): true
    case (.whole(let left), .fraction(let right)): Double(left) < right
    case (.fraction(let left), .whole(let right)): left < Double(right)
    case (.fraction(let left), .fraction(let right)): left < right
    }
  }
}

extension EventValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A number.
  public init(floatLiteral value: Double) { self.init(value) }

  /// A value as it is written.
  public init(stringLiteral value: String) { self.init(value) }
}

extension EventValue: CustomStringConvertible {
  /// A number as it is written, a text in quotation marks.
  public var description: String { isNumber ? text : "\"\(text)\"" }
}
