import Grading

/// The signs of a timeline: what they look like and what they mean.
enum TimelineSign: String, CaseIterable {
  case running, waiting, stuck, sleeping, stopped, held, unseen
  /// A line that was printed.
  case dot
  /// A line that shows what is wrong.
  case pin

  /// The sign of a bar: the waits that a deadlock is made of stand out.
  init(_ bar: Timeline.Bar, of lane: Timeline.Lane, in timeline: Timeline) {
    let isStuck = timeline.isDeadlock && lane.atEnd != nil && bar.to == lane.ended
    switch bar.state {
    case .running: self = .running
    case .waiting: self = isStuck ? .stuck : .waiting
    case .sleeping: self = .sleeping
    case .stopped: self = .stopped
    case .held: self = .held
    case .unseen: self = .unseen
    }
  }

  /// The signs that a timeline has, in the order of the legend.
  static func all(of timeline: Timeline) -> [TimelineSign] {
    let found = timeline.lanes.flatMap { lane in
      lane.bars.map { TimelineSign($0, of: lane, in: timeline) } + lane.lines.map { $0.mark == nil ? .dot : .pin }
    }
    return allCases.filter(Set(found).contains)
  }

  /// What it means.
  var meaning: String {
    switch self {
    case .running: "running, or ready to run"
    case .waiting: "waiting"
    case .stuck: "waiting for ever"
    case .sleeping: "sleeping"
    case .stopped: "stopped by a signal"
    case .held: "held at its start by threadmark"
    case .unseen: "alive, not looked at"
    case .dot: "line printed"
    case .pin: "what is wrong"
    }
  }

  /// A bar, which differs by its height too: colour alone tells some readers nothing.
  func bar(x: Double, width: Double, middle: Double, title: Markup = "") -> Markup {
    let height = self == .sleeping ? 5.0 : self == .unseen ? 7.0 : 14.0
    // Between two sleeps something shows that they are two.
    let shown = max(1, width - (self == .sleeping ? 1.5 : 0))
    return """
      <rect class="\(rawValue)" x="\(x)" y="\(middle - height / 2)" width="\(shown)" height="\(height)">\(title)</rect>

      """
  }

  /// A line that was printed.
  static func dot(x: Double, y: Double, title: Markup = "") -> Markup {
    "<circle class=\"dot\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\">\(title)</circle>\n"
  }

  /// A line of the counter-example, by its number there.
  static func pin(_ number: Int, x: Double, y: Double, title: Markup = "") -> Markup {
    """
    <g>\(title)<circle class="pin" cx="\(x)" cy="\(y)" r="8"/>\
    <text class="number" x="\(x)" y="\(y + 4)" text-anchor="middle">\(number)</text></g>

    """
  }
}
