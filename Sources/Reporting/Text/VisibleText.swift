internal import JUnitXML

/// Student text made harmless: nothing in it moves a cursor, colours, hides or reorders what a reader sees.
///
/// `XMLText` takes out what terminals obey and shows control characters as `\u{1B}`; beyond that, bidirectional overrides and
/// characters without a shape are shown, in the same way.
public struct VisibleText: Sendable, Equatable {
  /// The harmless text.
  public let string: String

  /// One line: line ends and tabs are shown too.
  public init(line text: String, asciiOnly: Bool = false) {
    string = Self.visible(text, asciiOnly: asciiOnly) { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\t": "\\t"
      default: nil
      }
    }
  }

  /// Lines as they are, with tabs as four spaces.
  public init(lines text: String, asciiOnly: Bool = false) {
    string = Self.visible(text, asciiOnly: asciiOnly) { scalar in
      switch scalar {
      case "\n": "\n"
      case "\t": "    "
      default: nil
      }
    }
  }

  private static func visible(
    _ text: String, asciiOnly: Bool, blank: (Unicode.Scalar) -> String?
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in XMLText(text).value.unicodeScalars {
      if let blank = blank(scalar) {
        result.append(contentsOf: blank.unicodeScalars)
      } else if hides(scalar) || (asciiOnly && !scalar.isASCII) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether a character has no shape of its own, or changes how its neighbours are shown.
  ///
  /// The two joiners (U+200C, U+200D) are let through: some scripts and many emoji are written with them.
  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .unassigned: return true
    case .format: return ![0x200C, 0x200D].contains(scalar.value)
    default: return false
    }
  }
}
