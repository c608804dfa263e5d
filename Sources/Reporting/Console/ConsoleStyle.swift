/// What a terminal or a file can show: how wide, in colour or not, in which characters.
public struct ConsoleStyle: Sendable, Equatable {
  /// How many columns a line may take.
  public var width: Int
  /// Whether colours and bold may be used.
  public var isColoured: Bool
  /// Whether only ASCII may be used.
  public var isASCII: Bool

  /// A style; without colour, 80 columns wide and in Unicode unless said otherwise.
  public init(width: Int = 80, isColoured: Bool = false, isASCII: Bool = false) {
    self.width = max(40, width)
    self.isColoured = isColoured
    self.isASCII = isASCII
  }

  /// The paints of a report, by their SGR codes.
  public enum Paint: String, Sendable {
    /// Stands out.
    case bold = "1"
    /// Steps back.
    case dim = "2"
    /// Something is wrong.
    case red = "31"
    /// All is well.
    case green = "32"
    /// Nothing could be said.
    case yellow = "33"
  }

  /// The text in these paints, where colours may be used.
  public func paint(_ text: String, _ paints: Paint...) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[" + paints.map(\.rawValue).joined(separator: ";") + "m" + text + "\u{1B}[0m"
  }

  /// The mark of text that was cut.
  var cutMark: String { isASCII ? "..." : "…" }

  /// The mark of an item in a list.
  var bullet: String { isASCII ? "*" : "•" }

  /// What separates a line's number and writer from its text.
  var bar: String { isASCII ? "|" : "│" }

  /// The text cut to a width, with a mark where something was cut.
  public func cut(_ text: String, to width: Int) -> String { TextLayout.cut(text, to: width, mark: cutMark) }
}
