extension XMLText {
  /// The text without terminal sequences, control characters, characters illegal in XML 1.0, and readers' markers.
  static func safe(_ text: String) -> String {
    let printable = text.utf8.allSatisfy(isPlain) ? text : legible(text)
    return neutralised(printable)
  }

  /// Whether a byte of UTF-8 stands for itself whatever surrounds it; most output is made of such bytes only.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x09
  }

  private static func legible(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    result.reserveCapacity(scalars.count)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if let end = TerminalSequence.end(in: scalars, at: index) {
        index = end
        continue
      }
      let endsLine = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      if !endsLine { append(scalar, to: &result) }
      index += 1
    }
    return String(result)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x09, 0x0A: result.append(scalar)
    case 0x00..<0x20, 0x7F..<0xA0:
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    case 0xFFFE, 0xFFFF: result.append("\u{FFFD}")
    default: result.append(scalar)
    }
  }

  /// The words that some readers obey when two brackets stand before them and a bar behind.
  private static let markers = ["ATTACHMENT|", "PROPERTY|"].map { Array($0.utf8) }

  private static let bracket = UInt8(ascii: "[")

  /// Puts a space between the brackets of every marker.
  ///
  /// GitLab obeys the first `[[ATTACHMENT|` of a testcase, whoever printed it.
  private static func neutralised(_ text: String) -> String {
    guard text.utf8.contains(bracket) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    for index in bytes.indices where bytes[index] == bracket && startsMarker(bytes, at: index) {
      result += bytes[copied...index] + [UInt8(ascii: " ")]
      copied = index + 1
    }
    return copied == 0 ? text : String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  private static func startsMarker(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + 1 < bytes.count, bytes[index + 1] == bracket else { return false }
    return markers.contains { marker in
      let word = bytes[(index + 2)...].prefix(marker.count)
      return word.count == marker.count && zip(word, marker).allSatisfy { uppercased($0) == $1 }
    }
  }

  private static func uppercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
  }
}
