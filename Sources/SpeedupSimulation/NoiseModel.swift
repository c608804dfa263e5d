import Foundation

/// A way in which timings scatter: how the logarithm of a run's time differs from that of an undisturbed run.
public enum NoiseModel: String, Sendable, CaseIterable {
  /// A normal distribution.
  case normal
  /// Student's t with 2 degrees of freedom, whose variance is infinite.
  case heavyTailed = "heavy-tailed"
  /// A random walk of the machine's speed over the runs, small scatter around it.
  case drifting
  /// Two speeds; each run has one or the other, as likely.
  case bimodal
  /// Some runs take longer, runs on several CPUs twice as often.
  case spikes = "one-sided spikes"
  /// Every run takes longer, by an exponential distribution.
  case skewed
  /// A quarter of the runs on several CPUs are slower, by one factor, and all scatter as Student's t with 3 degrees of freedom.
  case jumps

  /// A source of runs' times under this noise.
  /// - Parameters:
  ///   - scale: how strong the noise is: roughly its standard deviation, in logarithms.
  ///   - seed: what it follows from.
  /// - Returns: the source.
  public func source(scale: Double, seed: UInt64) -> NoiseSource {
    NoiseSource(model: self, scale: scale, generator: SeededGenerator(seed: seed))
  }
}

/// Draws the noise of one run after the other.
public struct NoiseSource: Sendable {
  let model: NoiseModel
  let scale: Double
  var generator: SeededGenerator
  private var speed = 0.0

  init(model: NoiseModel, scale: Double, generator: SeededGenerator) {
    (self.model, self.scale, self.generator) = (model, scale, generator)
  }

  /// The factor by which the next run takes longer than undisturbed.
  /// - Parameter isParallel: whether it runs on several CPUs.
  /// - Returns: the factor.
  public mutating func next(isParallel: Bool) -> Double { exp(logarithm(isParallel)) }

  private mutating func logarithm(_ isParallel: Bool) -> Double {
    let small = 0.01
    switch model {
    case .normal: return scale * normal()
    case .heavyTailed: return scale * 0.7 * normal() / (-log(generator.unit())).squareRoot()
    case .drifting:
      speed += scale / 3 * normal()
      return speed + small * normal()
    case .bimodal: return small * normal() + (generator.unit() < 0.5 ? 2 * scale : 0)
    case .spikes:
      let isHit = generator.unit() < (isParallel ? 0.2 : 0.1)
      return small * normal() + (isHit ? -2 * scale * log(generator.unit()) : 0)
    case .skewed: return -scale * log(generator.unit())
    case .jumps:
      // Both runs of a pair together scatter with the unit that the noise envelope assumes at least.
      let scatter = 0.014 * normal() / ((square() + square() + square()) / 3).squareRoot()
      return scatter + (isParallel && generator.unit() < 0.25 ? 2 * scale : 0)
    }
  }

  private mutating func square() -> Double {
    let value = normal()
    return value * value
  }

  /// A standard normal variable (Box and Muller).
  private mutating func normal() -> Double {
    (-2 * log(generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
  }
}
