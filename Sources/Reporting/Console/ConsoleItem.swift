/// A name and its text beside it, wrapped to the width.
public struct ConsoleItem: Sendable {
  private let name: String
  private let text: String

  private static let nameWidth = 12

  /// An item; both texts are made harmless.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Its lines, the name in the first.
  public func lines(style: ConsoleStyle) -> [String] {
    let name = VisibleText(line: name, asciiOnly: style.isASCII).string
    let text = VisibleText(lines: text, asciiOnly: style.isASCII).string
    return TextLayout.wrap(text, to: style.width - Self.nameWidth - 2).enumerated().map { index, line in
      "  " + TextLayout.pad(index == 0 ? name : "", to: Self.nameWidth) + line
    }
  }
}
