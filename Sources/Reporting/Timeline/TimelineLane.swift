import Grading

/// One lane: the thread's name, what it did, above that the lines it printed, below what it waited for at the end.
struct TimelineLane {
  private(set) var bars: Markup = ""
  private(set) var texts: Markup = ""
  private(set) var bottom: Double
  private let lane: Timeline.Lane
  private let timeline: Timeline

  /// Draws a lane.
  /// - Parameters:
  ///   - lane: the thread.
  ///   - timeline: the run.
  ///   - top: where it begins.
  ///   - indent: how far its name stands to the right.
  init(_ lane: Timeline.Lane, in timeline: Timeline, top: Double, indent: Double) {
    (self.lane, self.timeline) = (lane, timeline)
    let dots = top + 12
    let hasDots = !lane.lines.isEmpty
    let hasBars = !lane.bars.isEmpty
    let middle = hasDots && hasBars ? top + 29 : hasDots ? dots : top + 14
    bottom = middle + 12
    addName(indent: indent, middle: middle)
    for bar in lane.bars { add(bar, middle: middle) }
    if hasDots { texts = texts + TimelineDots(lane.lines, on: timeline.scale, y: dots, floor: middle).markup }
    if let atEnd = lane.atEnd { addEnd(atEnd) }
  }

  private mutating func addName(indent: Double, middle: Double) {
    let x = TimelineFrame.edge + indent
    let columns = Int((TimelineFrame.left - 16 - x) / TimelineFrame.letter)
    let name = TextLayout.cut(lane.name, to: columns)
    let title: Markup = name == lane.name ? "" : "<title>\(lane.name)</title>"
    texts = texts + "<text x=\"\(x)\" y=\"\(middle + 4)\">\(title)\(name)</text>\n"
  }

  private mutating func add(_ bar: Timeline.Bar, middle: Double) {
    let from = TimelineFrame.x(bar.from, on: timeline.scale)
    let width = TimelineFrame.x(bar.to, on: timeline.scale) - from
    let sign = TimelineSign(bar, of: lane, in: timeline)
    bars =
      bars
      + sign.bar(x: from, width: width, middle: middle, title: "<title>\(TimelineWords.title(of: bar, sign))</title>")
    addWhat(bar, middle: middle)
  }

  /// What is waited for, inside of the bar, in the first part of it that is wide enough and that no cut goes through.
  private mutating func addWhat(_ bar: Timeline.Bar, middle: Double) {
    guard !bar.what.isEmpty else { return }
    let ends = [bar.from, bar.to].map { TimelineFrame.x($0, on: timeline.scale) }
    let cuts = TimelineFrame.cuts(of: timeline.scale).filter { $0 > ends[0] && $0 < ends[1] }
    let parts = zip([ends[0] - 5] + cuts, cuts + [ends[1] + 5])
    let width = Double(DisplayWidth.of(bar.what)) * TimelineFrame.smallLetter
    guard let part = parts.first(where: { $0.1 - $0.0 > width + 18 }) else { return }
    bars = bars + "<text class=\"small\" x=\"\(part.0 + 9)\" y=\"\(middle + 4)\">\(bar.what)</text>\n"
  }

  private mutating func addEnd(_ text: String) {
    let kind: Markup = timeline.isDeadlock ? "clear bad" : "clear soft"
    let columns = Int((TimelineFrame.right - TimelineFrame.left) / TimelineFrame.letter)
    for line in TextLayout.wrap("at the end: \(text)", to: columns).prefix(3) {
      texts = texts + "<text class=\"\(kind)\" x=\"\(TimelineFrame.left)\" y=\"\(bottom + 8)\">\(line)</text>\n"
      bottom += 15
    }
    bottom += 2
  }
}
