import Foundation

/// The most that noise is assumed to do to the logarithm of a measured ratio: an upper bound on its tails, on either side.
///
/// The noise of a pair is a jump that happens to at most a quarter of the pairs on one side and reaches at most `shift` (a
/// machine that changes between two speeds), and on top of it a scatter with tails no heavier than those of Student's t
/// with 3 degrees of freedom times `scale` (their variance is finite, their fourth moment is not).
struct NoiseEnvelope: Sendable, Equatable {
  /// Jumps up to this size are never taken for a difference between programs by their size alone: a factor of 1.22.
  static let smallestShift = 0.2
  /// No measurement is taken to be more exact than this: a factor of 1.02.
  static let smallestScale = 0.02

  /// The scatter's unit, in logarithms.
  var scale: Double
  /// The largest jump, in logarithms.
  var shift: Double

  /// The most that the chance can be that noise moves a log ratio to one given side by this much or more.
  ///
  /// A negative deviation asks for less than nothing: the chance of not being moved as far to the other side by scatter.
  func tail(_ deviation: Double) -> Double {
    if deviation < 0 { return 1 - Self.studentTail(-deviation / scale) }
    return max(Self.studentTail(deviation / scale), Self.studentTail(max(0, deviation - shift) / scale) / 2)
  }

  /// The chance that a variable with Student's t distribution, 3 degrees of freedom, is at least `value`, `value >= 0`.
  private static func studentTail(_ value: Double) -> Double {
    let unit = value / 3.0.squareRoot()
    return max(1e-12, 0.5 - (unit / (1 + unit * unit) + atan(unit)) / .pi)
  }
}
