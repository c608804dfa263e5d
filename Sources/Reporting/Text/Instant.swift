import Foundation

/// Instants as text: ISO 8601 and RFC 3339, in UTC, to the millisecond.
enum Instant {
  /// The instant, rounded to milliseconds, such as `2026-03-05T10:11:12.345Z`.
  ///
  /// Foundation's own style cuts the fraction off instead of rounding it, so that .012 is written as .011 or .000.
  static func text(_ date: Date) -> String {
    let milliseconds = (date.timeIntervalSinceReferenceDate * 1000).rounded()
    let seconds = (milliseconds / 1000).rounded(.down)
    let fraction = String(1000 + Int(milliseconds - seconds * 1000)).dropFirst()
    let whole = Date(timeIntervalSinceReferenceDate: seconds).formatted(Date.ISO8601FormatStyle())
    return whole.dropLast() + "." + fraction + "Z"
  }

  /// The instant that a text names, with or without a fraction; nil when it names none.
  static func date(_ text: String) -> Date? {
    for hasFraction in [true, false] {
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction)
      if let date = try? style.parse(text) {
        return Date(timeIntervalSinceReferenceDate: (date.timeIntervalSinceReferenceDate * 1000).rounded() / 1000)
      }
    }
    return nil
  }
}
