/// What is varied on purpose between the repetitions of a scenario; every correct program passes with all of it.
public struct RunSettings: Sendable, Equatable, Codable {
  /// The seed that they were derived from; nil where nothing is varied.
  public var seed: UInt64?
  /// Which CPU all tasks share, counted among those that may be used and round and round; nil for all of them.
  public var oneCPU: Int?
  /// After how many microseconds Python lets another thread have its turn; nil for its own default, 5000.
  public var switchInterval: Int?
  /// What the delays of up to 2 ms are derived from that threads and workers begin with; nil for none.
  public var startDelays: UInt32?
  /// What Python derives the order of sets of texts from; nil for the fixed one of every first run.
  public var hashSeed: UInt32?

  /// The settings of every first run, of stretched and of muted ones: nothing is varied.
  public static let plain = RunSettings()

  /// Settings; nothing is varied unless told otherwise.
  public init(
    seed: UInt64? = nil, oneCPU: Int? = nil, switchInterval: Int? = nil, startDelays: UInt32? = nil,
    hashSeed: UInt32? = nil
  ) {
    self.seed = seed
    self.oneCPU = oneCPU
    self.switchInterval = switchInterval
    self.startDelays = startDelays
    self.hashSeed = hashSeed
  }

  /// What they are, for a sentence: `on one CPU, thread switches every 10 microseconds`, or nothing where nothing is varied.
  public var description: String {
    var words: [String] = []
    if oneCPU != nil { words.append("on one CPU") }
    if let switchInterval { words.append("thread switches every \(switchInterval) microseconds") }
    if startDelays != nil { words.append("threads and workers delayed by up to 2 ms") }
    if let hashSeed { words.append("hash seed \(hashSeed)") }
    return words.joined(separator: ", ")
  }

  /// Those of the settings that a language can be varied in.
  func restricted(to variations: RunVariations) -> RunSettings {
    var settings = self
    if !variations.contains(.switchInterval) { settings.switchInterval = nil }
    if !variations.contains(.startDelays) { settings.startDelays = nil }
    if !variations.contains(.hashSeed) { settings.hashSeed = nil }
    return settings
  }
}

/// What can be varied in programs of a language; on which CPUs they run can be for all.
public struct RunVariations: OptionSet, Sendable {
  /// One bit for each.
  public let rawValue: Int

  /// A set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// How long a thread keeps its turn.
  public static let switchInterval = RunVariations(rawValue: 1)
  /// How long after its start a thread or worker begins.
  public static let startDelays = RunVariations(rawValue: 2)
  /// In which order sets are gone through.
  public static let hashSeed = RunVariations(rawValue: 4)
}
