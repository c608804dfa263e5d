/// A time span as reports show it, in whole milliseconds, so that sums are exact and no locale has a say.
public struct ElapsedTime: Sendable, Hashable, Comparable {
  /// The milliseconds, never negative.
  public let milliseconds: Int

  /// Seconds, rounded to milliseconds; what is negative or not a number counts as none, more than 30 years as 30 years.
  public init(seconds: Double) {
    let limit = 1e12
    milliseconds = seconds > 0 ? Int(min(seconds * 1_000, limit).rounded()) : 0
  }

  /// A duration, rounded to milliseconds.
  public init(_ duration: Duration) {
    self.init(seconds: duration / .seconds(1))
  }

  init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// The time in seconds.
  public var seconds: Double { Double(milliseconds) / 1_000 }

  /// The sum of two times.
  public static func + (left: ElapsedTime, right: ElapsedTime) -> ElapsedTime {
    ElapsedTime(milliseconds: left.milliseconds + right.milliseconds)
  }

  /// Whether a time is shorter than another.
  public static func < (left: ElapsedTime, right: ElapsedTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension ElapsedTime: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Seconds.
  public init(floatLiteral seconds: Double) {
    self.init(seconds: seconds)
  }

  /// Seconds.
  public init(integerLiteral seconds: Int) {
    self.init(seconds: Double(seconds))
  }
}

extension ElapsedTime: CustomStringConvertible {
  /// Seconds with three decimals after a point, such as `4.125`.
  public var description: String {
    "\(milliseconds / 1_000).\(String(1_000 + milliseconds % 1_000).dropFirst())"
  }

  /// Reads what `description` writes.
  init?(description: String) {
    let parts = description.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 3, let seconds = Int(parts[0]), let rest = Int(parts[1]),
      (0...1_000_000_000_000).contains(seconds), rest >= 0
    else { return nil }
    milliseconds = seconds * 1_000 + rest
  }
}
