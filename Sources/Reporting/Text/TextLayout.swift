/// Fitting plain, visible text into columns.
enum TextLayout {
  /// The text cut to a width, with a mark where something was cut.
  static func cut(_ text: String, to width: Int, mark: String = "…") -> String {
    guard DisplayWidth.of(text) > width else { return text }
    guard width > DisplayWidth.of(mark) else { return String(DisplayWidth.prefix(of: mark, fitting: max(0, width))) }
    return DisplayWidth.prefix(of: text, fitting: width - DisplayWidth.of(mark)) + mark
  }

  /// The text filled up with spaces on the right.
  static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  /// The text filled up with spaces on the left.
  static func padLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
  }

  /// The text broken between words into lines of a width, each as far indented as the line that it is part of.
  ///
  /// A word longer than a line is broken where the line ends. There is always at least one line.
  static func wrap(_ text: String, to width: Int) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    return paragraphs.flatMap { wrapParagraph(String($0), to: max(1, width)) }
  }

  private static func wrapParagraph(_ text: String, to width: Int) -> [String] {
    guard DisplayWidth.of(text) > width else { return [text] }
    let spaces = text.prefix { $0 == " " }
    let indent = spaces.count <= width / 2 ? String(spaces) : ""
    return wrapWords(String(text.dropFirst(spaces.count)), to: width - indent.count).map { indent + $0 }
  }

  private static func wrapWords(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = lines.isEmpty && line.isEmpty ? String(word) : line + " " + word
      if DisplayWidth.of(longer) <= width {
        line = longer
      } else {
        if !line.isEmpty { lines.append(line) }
        let pieces = pieces(of: String(word), to: width)
        lines += pieces.dropLast()
        line = pieces.last ?? ""
      }
    }
    return lines + [line]
  }

  private static func pieces(of word: String, to width: Int) -> [String] {
    var pieces: [String] = []
    var rest = word
    while DisplayWidth.of(rest) > width {
      let fitting = DisplayWidth.prefix(of: rest, fitting: width)
      let piece = fitting.isEmpty ? rest.prefix(1) : fitting
      pieces.append(String(piece))
      rest = String(rest.dropFirst(piece.count))
    }
    return pieces + [rest]
  }
}
