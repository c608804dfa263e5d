import Grading

/// All lanes of a timeline, one below the other, those of a process under its name.
struct TimelineLanes {
  /// What lies behind the grid, the bars, and the texts and dots before everything else.
  private(set) var shades: Markup = ""
  private(set) var bars: Markup = ""
  private(set) var texts: Markup = ""
  private(set) var bottom: Double

  init(_ timeline: Timeline, top: Double) {
    bottom = top
    let counts = Dictionary(grouping: timeline.lanes.filter { $0.process > 0 }, by: \.process)
    var process: Int?
    for (index, lane) in timeline.lanes.enumerated() {
      let isGrouped = counts.count > 1 && counts[lane.process, default: []].count > 1
      if isGrouped, lane.process != process { addProcess(lane.processName) }
      process = lane.process
      let drawn = TimelineLane(lane, in: timeline, top: bottom, indent: isGrouped ? 14 : 0)
      if index.isMultiple(of: 2) { addShade(height: drawn.bottom - bottom) }
      bars = bars + drawn.bars
      texts = texts + drawn.texts
      bottom = drawn.bottom
    }
    if timeline.leftOut > 0 { addLeftOut(timeline.leftOut) }
  }

  private mutating func addProcess(_ name: String) {
    texts =
      texts + """
        <text class="strong" x="\(TimelineFrame.edge)" y="\(bottom + 15)">\(TextLayout.cut(name, to: 24))</text>

        """
    bottom += 21
  }

  private mutating func addShade(height: Double) {
    shades =
      shades + """
        <rect class="shade" x="4" y="\(bottom)" width="792" height="\(height)"/>

        """
  }

  private mutating func addLeftOut(_ count: Int) {
    texts =
      texts + """
        <text class="soft" x="\(TimelineFrame.edge)" y="\(bottom + 15)">and \(count) \
        more thread\(count == 1 ? "" : "s"), not drawn</text>

        """
    bottom += 24
  }
}
