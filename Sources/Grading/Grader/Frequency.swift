/// How often something was seen in some runs, and how often it is to be expected.
struct Frequency: Equatable {
  let hits: Int
  let runs: Int

  /// The 95 % interval of the share of runs, Wilson's score interval.
  ///
  /// Source: Edwin B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the
  /// American Statistical Association 22 (1927), page 209. It holds for runs with settings drawn in the same way, and also where none or all of a few runs are hit.
  var interval: ClosedRange<Double> {
    let (share, count, z) = (Double(hits) / Double(runs), Double(runs), 1.959_964)
    let center = share + z * z / (2 * count)
    let margin = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let scale = 1 + z * z / count
    return max(0, (center - margin) / scale)...min(1, (center + margin) / scale)
  }

  /// The interval in words, such as `95 % interval 7 to 26 %`; with a decimal where there are enough runs for one.
  var words: String {
    let decimals = runs < 200 ? 1.0 : 10.0
    let bounds = [interval.lowerBound, interval.upperBound].map { bound -> String in
      let number = (bound * 100 * decimals).rounded() / decimals
      return decimals == 1 ? String(Int(number)) : String(number)
    }
    return "95 % interval \(bounds[0]) to \(bounds[1]) %"
  }
}
