/// Reads one JSON object without nesting from bytes that may be hostile.
///
/// Strings are bytes: a lone low surrogate that stands for an undecodable byte, as Python's `surrogateescape` writes it,
/// becomes that byte again, which a decoder of Unicode strings would refuse.
struct FlatJSON {
  enum Value: Equatable {
    case string([UInt8])
    case number(Int)
    case boolean(Bool)
  }

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  /// The members of the object; nil where the bytes are anything else, have a key twice or more than 16 members.
  static func members(_ bytes: ArraySlice<UInt8>) -> [String: Value]? {
    var reader = FlatJSON(bytes: bytes, index: bytes.startIndex)
    guard let members = reader.object(), reader.index == bytes.endIndex else { return nil }
    return members
  }

  private mutating func object() -> [String: Value]? {
    guard take("{") else { return nil }
    var members: [String: Value] = [:]
    while members.count < 16 {
      guard take("\""), let key = string(), take(":"), let value = value() else { return nil }
      guard members.updateValue(value, forKey: String(decoding: key, as: UTF8.self)) == nil else { return nil }
      if take("}") { return members }
      guard take(",") else { return nil }
    }
    return nil
  }

  private mutating func value() -> Value? {
    if take("\"") { return string().map(Value.string) }
    if take("true") { return .boolean(true) }
    if take("false") { return .boolean(false) }
    let start = index
    _ = take("-")
    while index < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return Int(String(decoding: bytes[start..<index], as: UTF8.self)).map(Value.number)
  }

  /// The rest of a string whose opening quotation mark has been taken.
  private mutating func string() -> [UInt8]? {
    var text: [UInt8] = []
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
      case 0..<32: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard index < bytes.endIndex else { return false }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      guard let unit = codeUnit() else { return false }
      append(unit, to: &text)
    default: return false
    }
    return true
  }

  private mutating func append(_ unit: UInt32, to text: inout [UInt8]) {
    if (0xDC80...0xDCFF).contains(unit) {
      text.append(UInt8(unit - 0xDC00))
      return
    }
    var code = unit
    let mark = index
    if (0xD800...0xDBFF).contains(unit), take("\\u"), let low = codeUnit(), (0xDC00...0xDFFF).contains(low) {
      code = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    } else {
      index = mark
    }
    text.append(contentsOf: Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8))
  }

  private mutating func codeUnit() -> UInt32? {
    guard index + 4 <= bytes.endIndex else { return nil }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    index += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }
}
