import Foundation

/// What pairs of timings say of a speedup; may be looked at after every pair without growing less sure.
///
/// The speedup of a program is the median of the ratios that it would show undisturbed. The hypothesis "it is at least t" is
/// given up when the evidence against it, the mixture of bets on how far the pairs lie below t in units of the noise
/// envelope, passes what `SpeedupPromise` asks for. The envelope's scale is never below a floor and grows with the scatter of
/// the pairs, of the runs themselves and of our own spinner meanwhile; its shift grows with the jumps that the spinner showed.
/// Both only ever weaken the evidence. So where the noise is no worse than the least envelope the promise holds strictly, and
/// beyond it as far as scatter can be seen in few pairs, which simulation tells.
public struct SpeedupEvidence: Sendable, Equatable {
  /// The pairs that count, in the order of time.
  public private(set) var pairs: [TimedPair] = []
  /// Logarithms of the speedups of work known to be perfectly parallel, measured beside the pairs.
  public private(set) var controls: [Double] = []

  /// No evidence yet.
  public init() {}

  /// Adds a pair.
  public mutating func add(_ pair: TimedPair) { pairs.append(pair) }

  /// Adds the speedup, a ratio, that the spinner showed.
  public mutating func add(control: Double) { controls.append(log(control)) }

  /// The median of the measured speedups; nil without pairs.
  public var estimate: Double? { pairs.isEmpty ? nil : exp(pairs.map(\.logRatio).median) }

  /// What is certain enough about a speedup and a threshold, a ratio above 0.
  public func decision(at threshold: Double) -> Decision {
    guard pairs.count >= SpeedupPromise.fewestPairs else { return .open }
    let (envelope, limit) = (envelope, log(threshold))
    let below = BettingMixture.evidence(pairs.map { envelope.tail(limit - $0.highest) })
    let above = BettingMixture.evidence(pairs.map { envelope.tail($0.lowest - limit) })
    if below >= SpeedupPromise.evidenceForFailure { return .below(isCertain: true) }
    if above >= SpeedupPromise.evidenceForFailure { return .above(isCertain: true) }
    if above >= SpeedupPromise.evidenceForPass { return .above(isCertain: false) }
    if below >= SpeedupPromise.evidenceForPass { return .below(isCertain: false) }
    return .open
  }

  /// Where the speedup lies; certain beyond 1 in 1,000, or only beyond 1 in 100.
  public enum Decision: Sendable, Equatable {
    /// Under the threshold.
    case below(isCertain: Bool)
    /// At or over the threshold.
    case above(isCertain: Bool)
    /// Not known yet.
    case open
  }

  /// The speedups that are not ruled out; nil before there are enough pairs to rule out any.
  public var interval: ClosedRange<Double>? {
    guard pairs.count >= SpeedupPromise.fewestPairs else { return nil }
    let envelope = envelope
    let (lowest, highest) = (pairs.map(\.lowest), pairs.map(\.highest))
    let low = bound(from: (lowest.min() ?? 0) - Self.widest, to: lowest.max() ?? 0) { limit in
      BettingMixture.evidence(lowest.map { envelope.tail($0 - limit) }) >= SpeedupPromise.evidenceForPass
    }
    let high = bound(from: (highest.max() ?? 0) + Self.widest, to: highest.min() ?? 0) { limit in
      BettingMixture.evidence(highest.map { envelope.tail(limit - $0) }) >= SpeedupPromise.evidenceForFailure
    }
    return exp(min(low, high))...exp(max(low, high))
  }

  /// No interval is wider than a factor of e^4 on each side.
  private static let widest = 4.0

  /// The last point on the way from an end, where it holds, at which something that ends once still holds.
  private func bound(from end: Double, to other: Double, holds: (Double) -> Bool) -> Double {
    guard holds(end) else { return end }
    var (good, bad) = (end, other)
    for _ in 0..<30 {
      let middle = (good + bad) / 2
      if holds(middle) { good = middle } else { bad = middle }
    }
    return good
  }

  /// The noise that is assumed, from the scatter that was seen.
  var envelope: NoiseEnvelope {
    let count = pairs.count
    let scatter = pairs.map(\.logRatio).reach(leavingOut: count / 6)
    let runs = (pairs.map { log($0.baseline.measured) }.variance + pairs.map { log($0.variant.measured) }.variance)
      .squareRoot()
    let scale = max(
      NoiseEnvelope.smallestScale, Self.factor(Self.pairFactors, count) * scatter,
      Self.factor(Self.runFactors, count) * runs, Self.controlFactor * controls.variance.squareRoot())
    return NoiseEnvelope(
      scale: scale,
      shift: max(NoiseEnvelope.smallestShift, controls.reach(leavingOut: Self.outliers(of: controls.count))))
  }

  /// Whether the spinner showed larger jumps than are assumed anyway.
  var isShiftWidened: Bool { envelope.shift > NoiseEnvelope.smallestShift }

  /// What makes the scatter of n pairs a safe scale, from 3 pairs on; fewer pairs show less of the scatter there is.
  ///
  /// Found by simulation, which `ci/bench speedup` repeats.
  private static let pairFactors = [0.8, 0.75, 0.65, 0.6, 0.55, 0.5]
  private static let runFactors = [0.8, 0.75, 0.65, 0.6, 0.55, 0.5, 0.45, 0.45, 0.4]
  private static let controlFactor = 0.4

  /// How many of the spinner's samples may be off by chance: few enough that a jump of every fourth run is not among them.
  private static func outliers(of count: Int) -> Int { max(0, count - 8) / 8 }

  private static func factor(_ factors: [Double], _ count: Int) -> Double {
    factors[min(max(0, count - SpeedupPromise.fewestPairs), factors.count - 1)]
  }
}

extension [Double] {
  /// The middle value, the mean of the two middle ones where their number is even; 0 of none.
  var median: Double {
    guard !isEmpty else { return 0 }
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }

  /// How far from the median the values reach, the farthest few left out; 0 of none.
  func reach(leavingOut few: Int) -> Double {
    let middle = median
    return map { abs($0 - middle) }.sorted().dropLast(few).last ?? 0
  }

  /// The mean square of the distances from the mean, for a sample; 0 of fewer than two.
  var variance: Double {
    guard count > 1 else { return 0 }
    let mean = reduce(0, +) / Double(count)
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }
}
