import Foundation

/// How long a piece of work took, as an interval: what was measured, and the least it can have been undisturbed.
public struct TimedSpan: Sendable, Equatable {
  /// Seconds as measured.
  public var measured: Double
  /// Seconds as measured without everything that others can have taken from it; at most `measured`.
  public var undisturbed: Double

  /// A span; both figures above zero.
  public init(measured: Double, undisturbed: Double? = nil) {
    self.measured = max(1e-6, measured)
    self.undisturbed = min(self.measured, max(1e-6, undisturbed ?? measured))
  }
}

extension TimedSpan {
  /// This one, a student's own baseline, with the exercise's for the same data beside it, which it must not be slower than.
  ///
  /// What shows that the variant is fast is taken from the faster of the two. What shows that it is slow may be taken from the
  /// student's, up to a tenth more than the exercise's: the faster of two that take the same time is mostly faster by chance.
  func beside(_ reference: TimedSpan?) -> TimedSpan {
    guard let reference else { return self }
    return TimedSpan(
      measured: min(measured, Self.handicap * reference.measured),
      undisturbed: min(undisturbed, reference.undisturbed))
  }

  /// A student's own baseline is taken for faster than the exercise's where that would take this much longer.
  static let handicap = 1.1
}

/// The same work done by the baseline and by the variant, one right after the other.
public struct TimedPair: Sendable, Equatable {
  /// Without parallelism.
  public var baseline: TimedSpan
  /// With it.
  public var variant: TimedSpan

  /// A pair.
  public init(baseline: TimedSpan, variant: TimedSpan) {
    self.baseline = baseline
    self.variant = variant
  }

  /// The logarithm of the measured speedup.
  var logRatio: Double { log(baseline.measured / variant.measured) }
  /// The least that it can be without disturbance.
  var lowest: Double { log(baseline.undisturbed / variant.measured) }
  /// The most that it can be without disturbance.
  var highest: Double { log(baseline.measured / variant.undisturbed) }
}
