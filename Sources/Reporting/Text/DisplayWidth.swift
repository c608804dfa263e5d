/// How many columns of a terminal text takes.
enum DisplayWidth {
  /// The columns of one line without control characters.
  static func of(_ line: some StringProtocol) -> Int {
    line.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// The longest beginning that fits a width.
  static func prefix(of line: String, fitting width: Int) -> Substring {
    var used = 0
    var end = line.startIndex
    for index in line.indices {
      used += of(line[index...index])
      guard used <= width else { break }
      end = line.index(after: index)
    }
    return line[..<end]
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
    }
  }

  /// East Asian wide and full-width characters (Unicode annex 11), in the blocks they fill.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
