import Foundation

/// The evidence against a hypothesis that p-values carry together, as an e-value that may be looked at after each of them.
///
/// Every strategy turns a p-value into a factor whose mean is at most 1 where the hypothesis holds (a calibrator; Vovk and
/// Wang, "E-values: Calibration, combination and applications", Annals of Statistics 49, 2021). The product of the factors
/// is then a supermartingale, and so is the mean over strategies: the chance that it ever reaches 1/a is at most a, however
/// often one looks (Ville's inequality; Ramdas, Grünwald, Vovk and Shafer, "Game-theoretic statistics and safe anytime-valid
/// inference", Statistical Science 38, 2023).
enum BettingMixture {
  /// Exponents k of the calibrators k * p^(k - 1): small ones gain the more from a few clear pairs.
  private static let powers = [0.05, 0.2, 0.4]
  /// Bets of a fraction of the capital on p being at most a limit; with the limit 1/2 this is a sequential sign test.
  ///
  /// Large fractions gain fastest where all pairs agree, small ones outlive some pairs that don't. What a jump could explain
  /// has a p-value of a quarter at least (`NoiseEnvelope`), so that no lower limit is ever met by it.
  private static let bets: [(limit: Double, fraction: Double)] = [
    (0.27, 0.95), (0.3, 0.8), (0.35, 0.5), (0.4, 0.6), (0.45, 0.7), (0.5, 0.8),
  ]
  /// Beyond this many logarithms the evidence is beyond all doubt anyway, and the exponential stays finite.
  private static let mostLogarithms = 200.0

  /// The evidence that all p-values carry together; at least 0.
  static func evidence(_ values: [Double]) -> Double {
    var logarithms = 0.0
    var winnings = bets.map { _ in 1.0 }
    for value in values {
      logarithms += log(value)
      for (index, bet) in bets.enumerated() {
        winnings[index] *= 1 - bet.fraction + (value <= bet.limit ? bet.fraction / bet.limit : 0)
      }
    }
    let count = Double(values.count)
    let gains = powers.map { exp(min(mostLogarithms, count * log($0) + ($0 - 1) * logarithms)) }
    return (gains.reduce(0, +) + winnings.reduce(0, +)) / Double(powers.count + bets.count)
  }
}
