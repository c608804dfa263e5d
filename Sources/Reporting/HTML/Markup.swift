/// HTML in which only literals are markup: every string put into one is escaped, so no student text can become a tag.
struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var html: String

  init(stringLiteral literal: String) {
    html = literal
  }

  init(stringInterpolation interpolation: StringInterpolation) {
    html = interpolation.html
  }

  private init(html: String) {
    self.html = html
  }

  /// A text, escaped for content and for quoted attributes.
  init(escaping text: String) {
    var html = ""
    html.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(scalar)
      }
    }
    self.html = html
  }

  static func + (left: Markup, right: Markup) -> Markup { Markup(html: left.html + right.html) }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { html += literal }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    mutating func appendInterpolation(_ text: String) { html += Markup(escaping: text).html }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }
  }
}

extension Sequence<Markup> {
  /// All of them, one after the other.
  func joined(separator: Markup = "") -> Markup {
    var isFirst = true
    return reduce(into: "") { whole, part in
      whole = isFirst ? part : whole + separator + part
      isFirst = false
    }
  }
}
