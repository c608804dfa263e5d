import Grading

/// What stands below a timeline: what is wrong, the lines that show it, and how the picture was come by.
struct TimelineCaption {
  private(set) var markup: Markup = ""
  private(set) var bottom: Double

  init(_ timeline: Timeline, _ finding: Finding?, top: Double) {
    bottom = top
    if let finding {
      for line in TextLayout.wrap(finding.message, to: 112).prefix(5) { add(line, "strong") }
      // The circle of those that wait for each other is the first line of a deadlock's details.
      if let circle = finding.details.split(separator: "\n").first, timeline.isDeadlock, circle.contains(" → ") {
        for line in TextLayout.wrap(String(circle), to: 122).prefix(6) { add(line, "") }
      }
      for (index, line) in finding.counterExample.enumerated() { add(line, number: index + 1) }
      bottom += 4
    }
    for line in TextLayout.wrap(TimelineWords.note(timeline), to: 132) { add(line, "soft small") }
    bottom += 6
  }

  private mutating func add(_ text: String, _ kind: Markup) {
    bottom += 16
    markup = markup + "<text class=\"\(kind)\" x=\"\(TimelineFrame.edge)\" y=\"\(bottom)\">\(text)</text>\n"
  }

  private mutating func add(_ line: Finding.Line, number: Int) {
    bottom += 20
    let writer = line.writer.map { TextLayout.cut($0 == "MainThread" ? "main thread" : $0, to: 30) + ", " } ?? ""
    let words = "\(writer)line \(line.number):"
    let x = TimelineFrame.edge + 22
    let columns = Int((TimelineFrame.right - x) / TimelineFrame.monoLetter) - words.count
    markup =
      markup + """
        \(TimelineSign.pin(number, x: TimelineFrame.edge + 8, y: bottom - 4))\
        <text x="\(x)" y="\(bottom)">\(words) <tspan class="mono">\(TextLayout.cut(line.text, to: columns))</tspan></text>

        """
  }
}
