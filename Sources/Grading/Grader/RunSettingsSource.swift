/// Where the settings of repetitions come from.
///
/// Repetition alone does not find every fault: CPython from 3.10 on switches threads at calls and loop ends only, so
/// `x += 1` without a lock loses nothing in millions of runs, whatever the settings. What explores schedules one by one
/// would be another source.
public protocol RunSettingsSource: Sendable {
  /// What repeats the same settings when it is given again; nil where there is no such thing.
  var seed: UInt64? { get }

  /// The settings of one repetition.
  /// - Parameters:
  ///   - scenario: the scenario's id.
  ///   - attempt: which repetition it is, from 1.
  /// - Returns: the settings; the same for the same arguments.
  func settings(scenario: String, attempt: Int) -> RunSettings
}

/// Settings derived from a seed: the same seed gives the same ones on every machine.
public struct SeededSettings: RunSettingsSource {
  /// The seed where none is given, so that marking twice runs everything with the same settings.
  public static let defaultSeed: UInt64 = 1
  private static let switchIntervals: [Int?] = [1, 10, 100, 1000, nil]

  private let number: UInt64

  /// Settings from a seed.
  public init(seed: UInt64 = defaultSeed) { number = seed }

  /// The seed.
  public var seed: UInt64? { number }

  /// The first repetition is plain; from then on, every second one shares one CPU and the rest is drawn.
  public func settings(scenario: String, attempt: Int) -> RunSettings {
    guard attempt > 1 else { return .plain }
    var generator = SplitMix64(state: number)
    for byte in scenario.utf8 { generator.mix(UInt64(byte)) }
    generator.mix(UInt64(attempt))
    let drawn = (generator.next(), generator.next(), generator.next(), generator.next())
    return RunSettings(
      seed: number,
      oneCPU: attempt.isMultiple(of: 2) ? Int(drawn.0 % 1024) : nil,
      switchInterval: Self.switchIntervals[Int(drawn.1 % UInt64(Self.switchIntervals.count))],
      startDelays: drawn.2.isMultiple(of: 2) ? UInt32(truncatingIfNeeded: drawn.2 >> 32) | 1 : nil,
      hashSeed: UInt32(truncatingIfNeeded: drawn.3 >> 32) | 1)
  }
}

/// A generator of numbers that look random: SplitMix64 of Steele, Lea and Flood (OOPSLA 2014).
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Makes what follows depend on a number.
  mutating func mix(_ number: UInt64) { state = next() ^ number }
}
