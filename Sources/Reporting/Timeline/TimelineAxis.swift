import Foundation
import Grading

/// The axis of time below the lanes, with ticks at round instants, and the lines that go through all lanes.
struct TimelineAxis {
  /// What lies behind the lanes, and what lies before them.
  private(set) var behind: Markup = ""
  private(set) var before: Markup = ""
  /// Where what belongs to the axis ends.
  let end: Double
  private let scale: TimelineScale
  private let top: Double
  private let bottom: Double

  init(_ timeline: Timeline, top: Double, bottom: Double) {
    (scale, self.top, self.bottom) = (timeline.scale, top, bottom)
    end = bottom + (scale.stretches.contains(where: \.isShortened) ? 34 : 20)
    for tick in ticks { add(tick) }
    for (stretch, x) in zip(scale.stretches.filter(\.isShortened), TimelineFrame.cuts(of: scale)) {
      add(stretch, at: x)
    }
    for line in timeline.lanes.flatMap(\.lines) where line.mark != nil {
      behind = behind + through("guide", x: TimelineFrame.x(line.time, on: scale))
    }
    behind =
      behind + """
        <line class="grid" x1="\(TimelineFrame.left)" x2="\(TimelineFrame.right)" y1="\(bottom)" y2="\(bottom)"/>

        """
    if !timeline.ending.isEmpty { before = before + through("over", x: TimelineFrame.right) }
  }

  private func through(_ kind: Markup, x: Double) -> Markup {
    "<line class=\"\(kind)\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(top)\" y2=\"\(bottom)\"/>\n"
  }

  private struct Tick {
    var time: Double
    var text: String
  }

  /// Ticks 1, 2 or 5 times a power of ten apart, so far that their texts do not meet.
  private var ticks: [Tick] {
    let shown = scale.stretches.filter { !$0.isShortened }
    guard let first = shown.first else { return [] }
    let pixels = first.share * (TimelineFrame.right - TimelineFrame.left) / (first.to - first.from)
    let least = 62 / pixels
    let power = pow(10, (log10(least)).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= least } ?? 10 * power
    let isSeconds = step >= 0.099
    let unit = isSeconds ? 1.0 : 1000.0
    let digits = max(0, -Int((log10(step * unit * 1.000_001)).rounded(.down)))
    return shown.flatMap { stretch -> [Tick] in
      let first = Int((stretch.from / step).rounded(.up))
      let last = Int((stretch.to / step).rounded(.down))
      guard first <= last else { return [] }
      return (first...last).prefix(40).map { number in
        let time = Double(number) * step
        return Tick(time: time, text: "\(String(format: "%.\(digits)f", time * unit)) \(isSeconds ? "s" : "ms")")
      }
    }
  }

  private mutating func add(_ tick: Tick) {
    let x = TimelineFrame.x(tick.time, on: scale)
    let half = Double(tick.text.count) * TimelineFrame.letter / 2
    behind = behind + through("grid", x: x)
    let isMeeting = scale.stretches.contains { stretch in
      guard stretch.isShortened else { return false }
      let (from, to) = (TimelineFrame.x(stretch.from, on: scale), TimelineFrame.x(stretch.to, on: scale))
      return x + half > from + 14 && x - half < to - 14
    }
    guard !isMeeting else { return }
    let anchor: Markup = x + half > 798 ? "end" : "middle"
    behind =
      behind + """
        <text class="soft" x="\(anchor == "end" ? 798 : x)" y="\(bottom + 17)" text-anchor="\(anchor)">\(tick.text)</text>

        """
  }

  /// A slanted cut through all lanes, and how long what was cut out is.
  private mutating func add(_ stretch: TimelineScale.Stretch, at x: Double) {
    let path =
      stride(from: top, to: bottom, by: 12).map { y -> (x: Double, y: Double) in
        (x + (Int((y - top) / 12).isMultiple(of: 2) ? -3 : 3), y)
      } + [(x, bottom)]
    func points(_ shift: Double, _ all: [(x: Double, y: Double)]) -> String {
      all.map { "\(SVG.number($0.x + shift)),\(SVG.number($0.y))" }.joined(separator: " ")
    }
    before =
      before + """
        <polygon class="paper" points="\(points(-3, path)) \(points(3, path.reversed()))"/>
        <polyline class="cut" points="\(points(-3, path))"/>
        <polyline class="cut" points="\(points(3, path))"/>
        <text class="soft small" x="\(min(x, 748))" y="\(bottom + 31)" text-anchor="middle">\
        \(TimelineWords.length(stretch.to - stretch.from)) shortened</text>

        """
  }
}
