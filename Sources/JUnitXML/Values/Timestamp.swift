public import Foundation

/// A moment as reports show it: UTC, whole seconds, no zone, such as `2026-03-05T10:11:12`.
public struct Timestamp: Sendable, Hashable {
  /// The moment, on a whole second.
  public let date: Date

  /// A date, its fraction of a second dropped; dates before 1970 or after 9999 count as those ends.
  public init(_ date: Date) {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    self.date = Date(timeIntervalSince1970: min(max(seconds, 0), Timestamp.last))
  }

  private static let last = 253_402_300_799.0
}

extension Timestamp: CustomStringConvertible {
  /// The date and time of day, such as `2026-03-05T10:11:12`.
  public var description: String { Timestamp.style.format(date) }

  /// Reads what `description` writes.
  init?(description: String) {
    guard let date = try? Timestamp.style.parse(description) else { return nil }
    self.init(date)
  }

  private static let style = Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false)
}
