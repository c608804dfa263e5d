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
    addLegend(TimelineSign.all(of: timeline))
  }

  private mutating func addLegend(_ signs: [TimelineSign]) {
    var x = TimelineFrame.edge
    for sign in signs {
      let width = 44 + Double(sign.meaning.count) * TimelineFrame.letter
      if x + width > TimelineFrame.right {
        x = TimelineFrame.edge
        bottom += 20
      }
      markup =
        markup + """
          \(Self.drawn(sign, x: x, middle: bottom + 10))\
          <text class="soft" x="\(x + 30)" y="\(bottom + 14)">\(sign.meaning)</text>

          """
      x += width
    }
    bottom += 22
  }

  private static func drawn(_ sign: TimelineSign, x: Double, middle: Double) -> Markup {
    switch sign {
    case .dot: TimelineSign.dot(x: x + 12, y: middle)
    case .pin: TimelineSign.pin(1, x: x + 12, y: middle)
    default: sign.bar(x: x, width: 24, middle: middle)
    }
  }
}
