import Yams

/// The lines of a YAML file, to find the place of a character inside a scalar.
struct SourceLines {
  private let lines: [[Unicode.Scalar]]

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { Array($0.unicodeScalars) }
  }

  /// The place of a scalar's nth Unicode scalar, counted from 0; where the scalar begins when it spans lines.
  func position(of offset: Int, in scalar: Node.Scalar) -> SourcePosition? {
    guard let mark = scalar.mark else { return nil }
    let start = SourcePosition(line: mark.line, column: mark.column)
    guard lines.indices.contains(mark.line - 1) else { return start }
    let source = lines[mark.line - 1].dropFirst(mark.column - 1)
    switch scalar.style {
    case .plain, .any: return SourcePosition(line: start.line, column: start.column + offset)
    case .singleQuoted, .doubleQuoted:
      let isDouble = scalar.style == .doubleQuoted
      guard let width = Self.width(of: offset, in: source.dropFirst(), isDouble: isDouble) else { return start }
      return SourcePosition(line: start.line, column: start.column + 1 + width)
    case .literal, .folded: return start
    }
  }

  /// How many source characters the first `count` characters of a quoted scalar take; nil when it does not end here.
  private static func width(of count: Int, in source: ArraySlice<Unicode.Scalar>, isDouble: Bool) -> Int? {
    var rest = source
    for _ in 0..<count {
      guard let first = rest.first else { return nil }
      rest = rest.dropFirst(first == (isDouble ? "\\" : "'") ? escapeWidth(rest, isDouble) : 1)
    }
    return rest.isEmpty ? nil : source.count - rest.count
  }

  /// How many characters an escape takes: `''` in single quotes; `\n`, `\x41`, `\u0041` and `\U00000041` in double.
  private static func escapeWidth(_ escape: ArraySlice<Unicode.Scalar>, _ isDouble: Bool) -> Int {
    guard isDouble else { return 2 }
    switch escape.dropFirst().first {
    case "x": return 4
    case "u": return 6
    case "U": return 10
    default: return 2
    }
  }
}
