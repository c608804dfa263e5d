/// How time lies on a timeline's axis: in proportion, but for long stretches in which nothing happens, which are shortened.
public struct TimelineScale: Sendable, Equatable, Codable {
  /// From the run's start to its end, without gaps.
  public var stretches: [Stretch]

  /// What is less than a column apart is drawn as one.
  public static let columns = 200

  /// A part of the axis in which all seconds are of the same length.
  public struct Stretch: Sendable, Equatable, Codable {
    /// Its begin, in seconds since the program's start.
    public var from: Double
    /// Its end.
    public var to: Double
    /// How much of the axis it takes, from 0 to 1.
    public var share: Double
    /// Whether it is shorter than its time would have it.
    public var isShortened: Bool
  }

  /// How much of the axis a shortened stretch takes.
  static let shortenedShare = 0.14
  /// What is shorter than this is not drawn larger at the cost of the rest: lines arrive with such a delay.
  static let least = 0.000_5
  /// How many stretches are shortened at most.
  static let mostShortened = 3

  /// A scale for a run.
  /// - Parameters:
  ///   - instants: when something happens, in seconds, in any order; those outside of the run do not count.
  ///   - end: when the run ends, in seconds.
  public init(instants: [Double], end: Double) {
    let end = max(end, 1e-6)
    let sorted = Set(instants.filter { $0 > 0 && $0 < end } + [0, end]).sorted()
    var gaps = zip(sorted, sorted.dropFirst()).map { (from: $0, to: $1) }.sorted {
      ($1.to - $1.from, $0.from) < ($0.to - $0.from, $1.from)
    }[...]
    var rest = end
    var shortened: [(from: Double, to: Double)] = []
    while shortened.count < Self.mostShortened, let gap = gaps.first {
      let length = gap.to - gap.from
      guard length > rest / 2, rest - length >= Self.least else { break }
      shortened.append(gap)
      gaps.removeFirst()
      rest -= length
    }
    stretches = Self.stretches(without: shortened.sorted { $0.from < $1.from }, rest: rest, end: end)
  }

  /// The stretches; beside what is shortened a little stays, so that what happens there is not at its very edge.
  private static func stretches(without gaps: [(from: Double, to: Double)], rest: Double, end: Double) -> [Stretch] {
    let margin = rest * 0.08
    let cuts = gaps.map { gap -> (from: Double, to: Double) in
      let side = min(margin, (gap.to - gap.from) / 4)
      return (gap.from == 0 ? 0 : gap.from + side, gap.to == end ? end : gap.to - side)
    }
    let shown = end - cuts.reduce(0) { $0 + $1.to - $1.from }
    let share = 1 - Double(cuts.count) * shortenedShare
    var stretches: [Stretch] = []
    var at = 0.0
    func show(to time: Double) {
      guard time > at else { return }
      stretches.append(Stretch(from: at, to: time, share: share * (time - at) / shown, isShortened: false))
      at = time
    }
    for cut in cuts {
      show(to: cut.from)
      stretches.append(Stretch(from: cut.from, to: cut.to, share: shortenedShare, isShortened: true))
      at = cut.to
    }
    show(to: end)
    return stretches
  }

  /// Where an instant lies, from 0 to 1.
  public func position(of time: Double) -> Double {
    var before = 0.0
    for stretch in stretches {
      if time < stretch.to {
        let part = (time - stretch.from) / (stretch.to - stretch.from)
        return before + stretch.share * max(0, part)
      }
      before += stretch.share
    }
    return 1
  }

  /// The column that an instant lies in.
  func column(of time: Double) -> Int { min(Self.columns - 1, Int(position(of: time) * Double(Self.columns))) }
}
