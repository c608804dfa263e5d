/// Finds the sequences by which programs colour and move text on a terminal (ECMA-48, and xterm's `OSC`).
///
/// Only a whole sequence counts. A string sequence that meets another control character before its end is none:
/// otherwise one stray `ESC ]` would swallow everything a program printed after it.
enum TerminalSequence {
  /// The index just past the sequence that begins at `start`; nil when none begins there.
  static func end(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
    guard let first = scalar(scalars, start) else { return nil }
    switch first {
    case 0x1B: return escapeEnd(in: scalars, from: start + 1)
    case 0x9B: return controlSequenceEnd(in: scalars, from: start + 1)
    case 0x90, 0x98, 0x9D...0x9F: return stringEnd(in: scalars, from: start + 1)
    default: return nil
    }
  }

  private static func escapeEnd(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    guard let kind = scalar(scalars, start) else { return nil }
    switch kind {
    case 0x5B: return controlSequenceEnd(in: scalars, from: start + 1)
    case 0x50, 0x58, 0x5D...0x5F: return stringEnd(in: scalars, from: start + 1)
    case 0x20..<0x30:
      let final = skip(0x20..<0x30, in: scalars, from: start)
      return isFinal(scalar(scalars, final), in: 0x30..<0x7F) ? final + 1 : nil
    case 0x30..<0x7F: return start + 1
    default: return nil
    }
  }

  /// Parameters, intermediates, one final character.
  private static func controlSequenceEnd(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    let intermediates = skip(0x30..<0x40, in: scalars, from: start)
    let final = skip(0x20..<0x30, in: scalars, from: intermediates)
    return isFinal(scalar(scalars, final), in: 0x40..<0x7F) ? final + 1 : nil
  }

  /// Anything printable up to the terminator: BEL, `ESC \`, or its one-character form.
  private static func stringEnd(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    while let value = scalar(scalars, index) {
      switch value {
      case 0x07, 0x9C: return index + 1
      case 0x1B: return scalar(scalars, index + 1) == 0x5C ? index + 2 : nil
      case 0x00..<0x20, 0x7F..<0xA0: return nil
      default: index += 1
      }
    }
    return nil
  }

  private static func skip(_ range: Range<UInt32>, in scalars: [Unicode.Scalar], from start: Int) -> Int {
    var index = start
    while let value = scalar(scalars, index), range.contains(value) { index += 1 }
    return index
  }

  private static func scalar(_ scalars: [Unicode.Scalar], _ index: Int) -> UInt32? {
    index < scalars.count ? scalars[index].value : nil
  }

  private static func isFinal(_ value: UInt32?, in range: Range<UInt32>) -> Bool {
    value.map(range.contains) ?? false
  }
}
