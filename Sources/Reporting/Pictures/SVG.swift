import Foundation

/// What all pictures have in common: SVG without scripts, text as text, made of `Markup`.
enum SVG {
  /// A picture as a file of its own.
  static func document(_ picture: Markup) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + picture.html + "\n"
  }

  /// A coordinate or a length, in pixels.
  static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}

extension Markup.StringInterpolation {
  /// A coordinate or a length, in pixels.
  mutating func appendInterpolation(_ number: Double) { appendInterpolation(SVG.number(number)) }
}
