/// Finds where a number that begins at a place of a line ends.
enum NumberSpan {
  /// The most digits that are read; longer numbers are not `int`, and reading stays bounded on hostile lines.
  private static let maximumDigits = 18

  /// The end of an optional sign and digits, as many as there are; nil where there is no such number.
  static func ofInt(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    digits(in: bytes, afterSign(in: bytes, range)..<range.upperBound)
  }

  /// The end of a number with an optional sign, fraction and exponent; nil where there is none.
  static func ofFloat(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let limit = range.upperBound
    let start = afterSign(in: bytes, range)
    var end = digits(in: bytes, start..<limit) ?? start
    if end < limit, bytes[end] == UInt8(ascii: "."), let fraction = digits(in: bytes, end + 1..<limit) {
      end = fraction
    }
    guard end > start else { return nil }
    if end < limit, bytes[end] | 0x20 == UInt8(ascii: "e"),
      let exponent = digits(in: bytes, afterSign(in: bytes, end + 1..<limit)..<limit)
    {
      end = exponent
    }
    return end
  }

  private static func afterSign(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    guard let first = bytes[range].first else { return range.lowerBound }
    return first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? range.lowerBound + 1 : range.lowerBound
  }

  private static func digits(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let end = bytes[range].prefix(maximumDigits + 1).prefix { $0.isDigit }.endIndex
    return end > range.lowerBound && end - range.lowerBound <= maximumDigits ? end : nil
  }
}
