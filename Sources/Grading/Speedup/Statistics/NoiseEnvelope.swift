import Foundation

/// The most that noise is assumed to do to the logarithm of a measured ratio: an upper bound on its tails, on either side.
///
/// The noise of a pair is a jump that happens to at most a quarter of the pairs on one side and reaches at most `shift` (a
/// machine that changes between two speeds), and on top of it a scatter with tails no heavier than those of Student's t
/// with 3 degrees of freedom times `scale` (their variance is finite, their fourth moment is not). The bound grows with both,
/// so an envelope that is wider than need be only weakens the evidence.
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
  /// Of less than a jump, and of a deviation to the other side, a jump explains as much as there can be of it.
  func tail(_ deviation: Double) -> Double {
    if deviation < 0 { return 1 }
    let jumped = deviation < shift ? 1 : Self.studentTail((deviation - shift) / scale)
    return (1 - Self.jumps) * Self.studentTail(deviation / scale) + Self.jumps * jumped
  }

  /// The part of the pairs that jump to one side, at most.
  private static let jumps = 0.25

  /// The chance that a variable with Student's t distribution, 3 degrees of freedom, is at least `value`, `value >= 0`.
  private static func studentTail(_ value: Double) -> Double {
    let unit = value / 3.0.squareRoot()
    return max(1e-12, 0.5 - (unit / (1 + unit * unit) + atan(unit)) / .pi)
  }
}
