import Grading

/// The lines of a lane: a dot each, with its text where there is room, and a numbered pin for each that shows what is wrong.
struct TimelineDots {
  private(set) var markup: Markup = ""
  private let y: Double
  /// Where the lane's bars are, to which a pin's stem goes.
  private let floor: Double

  private struct Place {
    var line: Timeline.Line
    /// Where it was printed.
    var x: Double
    /// Where its sign stands, which keeps clear of others.
    var sign: Double
  }

  init(_ lines: [Timeline.Line], on scale: TimelineScale, y: Double, floor: Double) {
    (self.y, self.floor) = (y, floor)
    let places = Self.places(lines, on: scale)
    for (index, place) in places.enumerated() where place.line.mark == nil {
      addDot(place, room: index + 1 < places.count ? places[index + 1].sign : TimelineFrame.right)
    }
    for (index, place) in places.enumerated() {
      guard let mark = place.line.mark else { continue }
      add(place, mark: mark, room: index + 1 < places.count ? places[index + 1].sign : TimelineFrame.right)
    }
  }

  /// Pins need more room than dots; what would cover another is moved to the right, and at the right end to the left.
  private static func places(_ lines: [Timeline.Line], on scale: TimelineScale) -> [Place] {
    var places = lines.map { line -> Place in
      let x = TimelineFrame.x(line.time, on: scale)
      return Place(line: line, x: x, sign: x)
    }
    func distance(_ left: Place, _ right: Place) -> Double {
      left.line.mark != nil && right.line.mark != nil ? 18 : left.line.mark != nil || right.line.mark != nil ? 13 : 0
    }
    for index in places.indices.dropFirst() {
      places[index].sign = max(places[index].sign, places[index - 1].sign + distance(places[index - 1], places[index]))
    }
    var limit = TimelineFrame.right - 4
    for index in places.indices.reversed() where places[index].sign > limit {
      places[index].sign = limit
      if index > 0 { limit -= distance(places[index - 1], places[index]) }
    }
    return places
  }

  private mutating func addDot(_ place: Place, room: Double) {
    let title: Markup = "<title>\(TimelineWords.title(of: place.line))</title>"
    markup = markup + TimelineSign.dot(x: place.sign, y: y, title: title)
    addText(place, from: place.sign + 7, to: room - 6)
  }

  private mutating func add(_ place: Place, mark: Int, room: Double) {
    let title: Markup = "<title>\(TimelineWords.title(of: place.line))</title>"
    markup =
      markup + """
        <path class="stem" fill="none" d="M\(place.sign) \(y)L\(place.x) \(floor + 7)"/>
        \(TimelineSign.pin(mark, x: place.sign, y: y, title: title))
        """
    addText(place, from: place.sign + 12, to: room - 10)
  }

  private mutating func addText(_ place: Place, from: Double, to: Double) {
    let more = place.line.count > 1 ? " +\(place.line.count - 1)" : ""
    let columns = Int((to - from) / TimelineFrame.monoLetter) - more.count
    guard columns >= min(8, DisplayWidth.of(place.line.text)), columns > 0, !place.line.text.isEmpty else { return }
    markup =
      markup + """
        <text class="clear mono" x="\(from)" y="\(y + 4)">\(TextLayout.cut(place.line.text, to: min(columns, 60)))\(more)</text>

        """
  }
}
