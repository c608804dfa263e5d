import Foundation
import Grading

/// The sentences in a timeline's picture.
enum TimelineWords {
  /// Which run it is, how long it took, and what ended it.
  static func run(_ timeline: Timeline) -> String {
    let kind = timeline.isStretched ? "run in which threads were held at their start" : "run"
    let number = timeline.attempt > 1 ? " \(timeline.attempt)" : ""
    let scenario = timeline.scenario == "plain" ? "" : " of \(timeline.scenario)"
    let ending = timeline.ending.isEmpty ? "" : ", ended: \(timeline.ending)"
    return
      "\(kind.prefix(1).uppercased())\(kind.dropFirst())\(number)\(scenario), \(length(timeline.duration))\(ending)"
  }

  /// A length of time for people, such as `31 ms` or `9.94 s`.
  static func length(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.000_9995: "\(Int((seconds * 1e6).rounded())) µs"
    case ..<0.009_95: "\(trimmed(seconds * 1000, 1)) ms"
    case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
    default: "\(trimmed(seconds, seconds < 99.5 ? 2 : 0)) s"
    }
  }

  /// A number with at most so many digits after the point.
  static func trimmed(_ value: Double, _ digits: Int) -> String {
    var text = String(format: "%.\(digits)f", value)
    while digits > 0, text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// How it is known what the threads did.
  static func note(_ timeline: Timeline) -> String {
    let last = timeline.duration / 500
    let often = last > 0.002_5 ? "every 2 ms at first and every \(length(last)) at the end" : "every 2 ms"
    let unknown = timeline.lanes.contains { $0.process == 0 } ? " Who printed which line is not known." : ""
    return """
      What threads do was looked at \(often), or less often where the machine was busy: what is shorter may be missing. \
      When they began and ended was heard from the kernel; a dot is where its line arrived.\(unknown)
      """
  }

  /// What is said of a bar when one points at it.
  static func title(of bar: Timeline.Bar, _ sign: TimelineSign) -> String {
    let what = bar.what.isEmpty ? "" : ": \(bar.what)"
    return "\(sign.meaning)\(what), \(length(bar.from)) to \(length(bar.to))"
  }

  /// What is said of a dot.
  static func title(of line: Timeline.Line) -> String {
    let more = line.count > 1 ? " (and \(line.count - 1) more)" : ""
    return "\(line.text)\(more), \(length(line.time))"
  }

  /// The picture in words, for those who don't see it.
  static func description(of timeline: Timeline, _ finding: Finding?) -> String {
    let lanes = timeline.lanes.map { lane -> String in
      let lines = lane.lines.reduce(0) { $0 + $1.count }
      let printed = lines == 0 ? "" : ", printed \(lines) line\(lines == 1 ? "" : "s")"
      let end = lane.atEnd.map { ", at the end \($0)" } ?? ""
      return "\(lane.name): \(length(lane.began)) to \(length(lane.ended))\(printed)\(end)."
    }
    return ([run(timeline) + "."] + lanes + (finding.map { [$0.message] } ?? [])).joined(separator: " ")
  }
}
