import Grading

/// The title of a timeline, which run it is, and what its signs mean.
struct TimelineHead {
  private(set) var markup: Markup
  private(set) var bottom: Double

  init(_ timeline: Timeline, title: String, top: Double) {
    let edge = TimelineFrame.edge
    markup = """
      <text class="head" x="\(edge)" y="\(top + 16)">\(TextLayout.cut(title, to: 96))</text>
      <text class="soft" x="\(edge)" y="\(top + 34)">\(TextLayout.cut(TimelineWords.run(timeline), to: 120))</text>

      """
    bottom = top + 42
    addLegend(Self.signs(of: timeline))
  }

  private mutating func addLegend(_ signs: [(kind: Markup, text: String)]) {
    var x = TimelineFrame.edge
    for (kind, text) in signs {
      let width = 32 + Double(text.count) * TimelineFrame.letter + 14
      if x + width > TimelineFrame.right {
        x = TimelineFrame.edge
        bottom += 20
      }
      markup =
        markup + """
          \(Self.sign(kind, x: x, middle: bottom + 10))<text class="soft" x="\(x + 30)" y="\(bottom + 14)">\(text)</text>

          """
      x += width
    }
    bottom += 22
  }

  private static func sign(_ kind: Markup, x: Double, middle: Double) -> Markup {
    switch kind {
    case "dot": TimelineStyle.dot(x: x + 12, y: middle)
    case "pin": TimelineStyle.pin(1, x: x + 12, y: middle)
    default: TimelineStyle.bar(kind, x: x, width: 24, middle: middle)
    }
  }

  /// What there is in this picture.
  private static func signs(of timeline: Timeline) -> [(kind: Markup, text: String)] {
    let bars = timeline.lanes.flatMap { lane in
      lane.bars.map { (state: $0.state, kind: lane.kind(of: $0, in: timeline)) }
    }
    let lines = timeline.lanes.flatMap(\.lines)
    var signs = Timeline.State.allCases.filter { state in bars.contains { $0.kind == state.kind } }.map {
      (kind: $0.kind, text: TimelineWords.state($0))
    }
    if bars.contains(where: { $0.kind == "stuck" }) { signs.append((kind: "stuck", text: "waiting for ever")) }
    if lines.contains(where: { $0.mark == nil }) { signs.append((kind: "dot", text: "line printed")) }
    if lines.contains(where: { $0.mark != nil }) { signs.append((kind: "pin", text: "what is wrong")) }
    return signs
  }
}

extension Timeline.Lane {
  /// The class of one of its bars: the wait that a deadlock is made of stands out.
  func kind(of bar: Timeline.Bar, in timeline: Timeline) -> Markup {
    let isStuck = timeline.isDeadlock && bar.state == .waiting && atEnd != nil && bar.to == ended
    return isStuck ? "stuck" : bar.state.kind
  }
}
