import Grading

/// What the threads of a run did, as a picture: SVG without scripts, text as text, light and dark, legible at 800 pixels.
///
/// Time goes to the right, each thread has a lane with bars for what it did and dots for the lines it printed; below are the
/// axis, what is wrong, and how the picture was come by. Every text in it must be visible already.
struct TimelineChart {
  private let timeline: Timeline
  private let title: String
  private let finding: Finding?

  /// The picture of a check's run; nil where it has none.
  init?(_ check: CheckReport) {
    guard let timeline = check.timeline else { return nil }
    self.init(timeline, title: check.title, finding: check.shownFinding)
  }

  /// A picture.
  /// - Parameters:
  ///   - timeline: the run.
  ///   - title: what the check is about.
  ///   - finding: what is wrong; nil where nothing is.
  init(_ timeline: Timeline, title: String, finding: Finding?) {
    (self.timeline, self.title, self.finding) = (timeline, title, finding)
  }

  /// The picture, as it can stand in a page.
  var markup: Markup {
    let head = TimelineHead(timeline, title: title, top: 8)
    let lanes = TimelineLanes(timeline, top: head.bottom + 8)
    let axis = TimelineAxis(timeline, top: head.bottom + 8, bottom: lanes.bottom)
    let caption = TimelineCaption(timeline, finding, top: axis.end + 10)
    return """
      <svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 \(caption.bottom)" width="800" \
      role="img" aria-label="\(title)">
      <title>\(title)</title>
      <desc>\(TimelineWords.description(of: timeline, finding))</desc>
      <style>\(TimelineStyle.sheet)</style>
      <rect class="paper" width="800" height="\(caption.bottom)"/>
      \(head.markup)\(lanes.shades)\(axis.behind)\(lanes.bars)\(axis.before)\(lanes.texts)\(caption.markup)</svg>
      """
  }

  /// The picture as a file of its own.
  var document: String { SVG.document(markup) }
}

extension Report {
  /// The picture of the run that the first submission's verdict rests on; nil where nothing was run.
  var timelineChart: TimelineChart? {
    let visible = visible()
    guard let check = visible.submissions.first?.timelineCheck, let timeline = check.timeline else { return nil }
    return check.status == .failed
      ? TimelineChart(check) : TimelineChart(timeline, title: visible.title, finding: nil)
  }
}

/// Where things stand in a timeline's picture, in pixels.
enum TimelineFrame {
  static let left = 172.0
  static let right = 788.0
  static let edge = 12.0

  /// How wide a letter is, of the text and of what programs print.
  static let letter = 6.3
  static let smallLetter = 5.9
  static let monoLetter = 6.65

  /// Where the lanes are cut, because time is shortened there; away from what happens.
  static func cuts(of scale: TimelineScale) -> [Double] {
    scale.stretches.enumerated().filter(\.element.isShortened).map { index, stretch in
      let part = index == 0 ? 0.35 : index == scale.stretches.count - 1 ? 0.65 : 0.5
      return x(stretch.from, on: scale) * (1 - part) + x(stretch.to, on: scale) * part
    }
  }

  /// Where an instant lies.
  static func x(_ time: Double, on scale: TimelineScale) -> Double { left + scale.position(of: time) * (right - left) }
}
