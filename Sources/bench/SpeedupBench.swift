import Foundation
import Grading
import SpeedupSimulation

/// How often speedup is decided wrongly, by us and in the usual ways, over simulated timings.
struct SpeedupBench {
  /// Trials for each row.
  let trials: Int

  /// Prints the tables; false where an error is more frequent than is promised.
  func run() -> Bool {
    let isKept = printPromise()
    printPower()
    printUsualWays()
    return isKept
  }

  private func printPromise() -> Bool {
    print(
      "\(trials) markings of a program whose speedup is exactly what is asked for; the promise: at most 0.0010 and 0.0100"
    )
    print(row("noise", "strength", ["failed", "passed", "open"]))
    var isKept = true
    for model in NoiseModel.allCases {
      for scale in [0.01, 0.03, 0.1, 0.3] {
        let tally = SpeedupTally(ratio: 1, model: model, scale: scale, trials: trials, seed: 1)
        let (failed, passed) = (part(tally.failed), part(tally.passed))
        isKept = isKept && failed <= SpeedupPromise.wrongFailure && passed <= SpeedupPromise.wrongPass
        print(row(model.rawValue, "\(scale)", [failed, passed, part(tally.open)].map { String(format: "%.4f", $0) }))
      }
    }
    print(isKept ? "the promise is kept in every row" : "THE PROMISE IS BROKEN in a row above")
    return isKept
  }

  private func printPower() {
    let ratios = [(1.0, "1.00"), (1.2, "1.20"), (1.65, "1.65"), (1.95, "1.95"), (5.0, "5.00")]
    print(
      "\nasked for: 1.40; failed/passed in percent, and the median number of pairs, for programs with these speedups")
    print(row("noise", "strength", ratios.map(\.1)))
    for model in NoiseModel.allCases {
      for scale in [0.01, 0.03, 0.1] {
        let cells = ratios.map { ratio, _ -> String in
          let tally = SpeedupTally(
            ratio: ratio / 1.4, model: model, scale: scale, trials: max(100, trials / 10), seed: 2)
          let percent = { (count: Int) in String(format: "%.0f", 100 * Double(count) / Double(tally.trials)) }
          return "\(percent(tally.failed))/\(percent(tally.passed)) \(tally.medianPairs)"
        }
        print(row(model.rawValue, "\(scale)", cells))
      }
    }
  }

  private func printUsualWays() {
    print("\nasked for: 1.50; programs that reach 1.60 and fail, that reach 1.40 and pass, and the runs that it takes")
    print(row("noise", "strength", ["one shot", "best of 5", "mean of 10", "ours", "ours: open"]))
    for model in NoiseModel.allCases {
      for scale in [0.03, 0.1] {
        let fast = usual(ratio: 1.6 / 1.5, model, scale)
        let slow = usual(ratio: 1.4 / 1.5, model, scale)
        let count = max(100, trials / 10)
        let ours = [1.6, 1.4].map {
          SpeedupTally(ratio: $0 / 1.5, model: model, scale: scale, trials: count, seed: 3)
        }
        let cells = (0..<3).map { "\(percent(1 - fast[$0]))/\(percent(slow[$0])) \([2, 10, 20][$0])" }
        let own =
          "\(percent(Double(ours[0].failed) / Double(count)))/\(percent(Double(ours[1].passed) / Double(count)))"
        let open = "\(percent(Double(ours[0].open) / Double(count)))/\(percent(Double(ours[1].open) / Double(count)))"
        print(row(model.rawValue, "\(scale)", cells + ["\(own) \(2 * ours[0].medianPairs)", open]))
      }
    }
  }

  /// The part of the markings that pass, for each of the usual ways.
  private func usual(ratio: Double, _ model: NoiseModel, _ scale: Double) -> [Double] {
    var passed = [0.0, 0, 0]
    for number in 0..<trials {
      var trial = SpeedupTrial(ratio: ratio, noise: model.source(scale: scale, seed: 4 &+ UInt64(number) &* 7919))
      let ways = trial.usualWays()
      for (index, way) in [ways.oneShot, ways.bestOf5, ways.meanOf10].enumerated() where way { passed[index] += 1 }
    }
    return passed.map { $0 / Double(trials) }
  }

  private func part(_ count: Int) -> Double { Double(count) / Double(trials) }
  private func percent(_ part: Double) -> String { String(format: "%.1f%%", 100 * part) }

  private func row(_ model: String, _ scale: String, _ cells: [String]) -> String {
    let pad = { (text: String, width: Int) in text.padding(toLength: width, withPad: " ", startingAt: 0) }
    return pad(model, 18) + pad(scale, 10) + cells.map { pad($0, 17) }.joined()
  }
}
