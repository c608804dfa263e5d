import Foundation
import Grading
import SpeedupSimulation

/// How often speedup is decided wrongly over real timings: the pairs that `ci/flips speedup --log` kept, drawn anew.
///
/// Each draw strings together stretches of a few pairs that were timed one after the other, so that what a machine does over
/// some seconds stays in them (a moving block bootstrap; Künsch, Annals of Statistics 17, 1989), and decides as a marking does,
/// within the longest time that a marking took.
struct ReplayBench {
  /// The file of markings, each a line of JSON.
  let log: String
  /// Draws for each submission under each load.
  let trials: Int

  /// One marking as `ci/flips` keeps it.
  private struct Marking: Decodable {
    var exercise: String
    var load: String
    var expected: String
    var name: String
    var speedup: SpeedupReport?
  }

  /// What markings of one submission under one load timed.
  private struct Pool {
    var name: String
    var isFastEnough: Bool
    var markings: [[TimedPair]] = []
    var samples: [Double] = []
    var thresholds: [Double] = []
    /// Seconds.
    var longest = 0.0

    var count: Int { markings.reduce(0) { $0 + $1.count } }
  }

  private static let block = 3
  /// Fewer pairs than this say too little of how they scatter.
  private static let fewestPairs = 10

  /// Prints a row for each submission and load; false where an error is more frequent than is promised.
  func run() throws -> Bool {
    var isKept = true
    var wrong = 0
    let pools = try read()
    print("\(trials) draws of each; wrong, left open, and the median number of pairs")
    for pool in pools {
      guard pool.count >= Self.fewestPairs, !pool.thresholds.isEmpty else {
        print("\(pool.name): only \(pool.count) pairs, too few")
        continue
      }
      let tally = tally(pool)
      let most = pool.isFastEnough ? SpeedupPromise.wrongFailure : SpeedupPromise.wrongPass
      isKept = isKept && Double(tally.wrong) <= most * Double(trials)
      wrong += tally.wrong
      let open = String(format: "%.1f %%", 100 * Double(tally.open) / Double(trials))
      print("\(pool.name): of \(pool.count) pairs: \(tally.wrong) wrong, \(open) left open, \(tally.pairs) pairs")
    }
    print("\(pools.count) rows, wrong decisions: \(wrong)")
    print(isKept ? "the promise is kept in every row" : "THE PROMISE IS BROKEN in a row above")
    return isKept
  }

  private func read() throws -> [Pool] {
    var pools: [String: Pool] = [:]
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
      let marking = try JSONDecoder().decode(Marking.self, from: Data(line.utf8))
      guard let speedup = marking.speedup, !speedup.points.isEmpty else { continue }
      let name = "\(marking.exercise), \(marking.load): \(marking.expected)/\(marking.name)"
      var pool = pools[name] ?? Pool(name: name, isFastEnough: marking.expected == "accepted")
      pool.markings.append(speedup.pairs(of: speedup.judged))
      pool.samples += speedup.samples ?? []
      pool.thresholds.append(speedup.threshold)
      pool.longest = max(pool.longest, Self.seconds(pool.markings.last ?? []))
      pools[name] = pool
    }
    return pools.values.sorted { $0.name < $1.name }
  }

  private static func seconds(_ pairs: [TimedPair]) -> Double {
    pairs.reduce(0) { $0 + $1.baseline.measured + $1.variant.measured }
  }

  private func tally(_ pool: Pool) -> (wrong: Int, open: Int, pairs: Int) {
    var (wrong, open) = (0, 0)
    var pairs: [Int] = []
    for number in 0..<trials {
      var generator = SeededGenerator(seed: UInt64(number))
      let (decision, count) = decide(pool, &generator)
      pairs.append(count)
      switch decision {
      case .above: wrong += pool.isFastEnough ? 0 : 1
      case .below(isCertain: true): wrong += pool.isFastEnough ? 1 : 0
      case .below, .open: open += 1
      }
    }
    return (wrong, open, pairs.sorted()[trials / 2])
  }

  /// One marking of drawn pairs.
  private func decide(_ pool: Pool, _ generator: inout SeededGenerator) -> (SpeedupEvidence.Decision, Int) {
    let threshold = pool.thresholds.randomElement(using: &generator) ?? 1
    var evidence = SpeedupEvidence()
    for _ in 0..<SpeedupMeasurement.firstSamples {
      if let sample = pool.samples.randomElement(using: &generator) { evidence.add(control: sample) }
    }
    var used = 0.0
    while let marking = pool.markings.randomElement(using: &generator) {
      guard !marking.isEmpty else { continue }
      let start = Int.random(in: 0..<marking.count, using: &generator)
      for pair in marking[start..<min(start + Self.block, marking.count)] {
        evidence.add(pair)
        if let sample = pool.samples.randomElement(using: &generator) { evidence.add(control: sample) }
        used += Self.seconds([pair])
        let decision = evidence.decision(at: threshold)
        switch decision {
        case .above, .below(isCertain: true): return (decision, evidence.pairs.count)
        case .below, .open: break
        }
        if evidence.pairs.count >= SpeedupPromise.mostPairs || used >= pool.longest {
          return (decision, evidence.pairs.count)
        }
      }
    }
    return (.open, evidence.pairs.count)
  }
}
