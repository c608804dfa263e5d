extension String {
  /// Bytes of any origin as text that a terminal or a table shows as one line and that never changes its surroundings.
  ///
  /// Control characters, invisible and direction-changing ones, bytes that are not UTF-8 and the backslash itself are
  /// escaped as in Swift and C, so that different bytes are always different texts.
  init(visible bytes: [UInt8]) {
    var text = ""
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    parsing: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        text += Unicode.UTF8.decode(encoded).visible
        offset += encoded.count
      case .error(let length):
        text += bytes[offset..<offset + length].map { "\\x\(hex($0))" }.joined()
        offset += length
      case .emptyInput: break parsing
      }
    }
    self = text
  }

  /// This text as one harmless line.
  var visible: String { String(visible: Array(utf8)) }

  /// This text as one harmless line in quotation marks, for messages.
  var quoted: String { "\"\(visible)\"" }
}

extension Unicode.Scalar {
  /// The scalar itself, or an escape where it would not be seen or would change what is around it.
  fileprivate var visible: String {
    switch properties.generalCategory {
    case _ where self == "\\": "\\\\"
    case _ where self == "\n": "\\n"
    case _ where self == "\t": "\\t"
    case _ where self == "\r": "\\r"
    case .control where value < 256: "\\x\(hex(UInt8(value)))"
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
      "\\u{\(String(value, radix: 16, uppercase: true))}"
    default: String(self)
    }
  }
}

/// Two hexadecimal digits.
private func hex(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

extension [UInt8] {
  /// Where the first byte is that is not UTF-8, if there is one.
  var firstInvalidUTF8: Int? {
    if String(validating: self, as: UTF8.self) != nil { return nil }
    var iterator = makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while case .valid(let encoded) = parser.parseScalar(from: &iterator) { offset += encoded.count }
    return offset
  }
}
