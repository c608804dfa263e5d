import Foundation
import Grading

/// A speedup as a picture: SVG without scripts, text as text, light and dark, legible at 640 pixels and in print.
///
/// Workers to the right, speedup upwards, both from 1 on a scale of equal factors, on which twice as fast is always the same
/// step: measured points with their intervals, the ideal line, what the CPUs give, and the threshold.
struct SpeedupChart {
  private let report: SpeedupReport
  private let title: String

  init(_ report: SpeedupReport, title: String) {
    (self.report, self.title) = (report, title)
  }

  private static let size = (width: 640.0, height: 360.0)
  private static let frame = (left: 64.0, right: 470.0, top: 30.0, bottom: 310.0)

  private var mostWorkers: Double { Double(max(2, report.points.map(\.workers).max() ?? 2)) }

  private var range: ClosedRange<Double> {
    let values = report.points.flatMap { [$0.low ?? $0.speedup, $0.high ?? $0.speedup, $0.speedup] }
    let all = (values + [report.threshold, report.attainable ?? 1, mostWorkers, 1]).map { min(max($0, 0.05), 1e4) }
    return (all.min() ?? 1) / 1.25...(all.max() ?? 2) * 1.25
  }

  /// The picture, as it can stand in a page.
  var markup: Markup {
    """
    <svg class="speedup" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" role="img" aria-label="\(description)">
    <title>\(title)</title>
    <style>\(Self.style)</style>
    \(grid)\(lines)\(points)
    </svg>
    """
  }

  /// The picture as a file of its own.
  var document: String { SVG.document(markup) }

  /// Plain colours, and others for dark pages: not every viewer of SVG knows variables.
  private static let style: Markup = """
    svg.speedup { max-width: 640px; width: 100%; height: auto; font: 13px system-ui, sans-serif; } \
    .speedup text { fill: #565b63; } .speedup .grid { stroke: #d5d8dd; } \
    .speedup .ideal { stroke: #565b63; stroke-dasharray: 2 4; fill: none; } \
    .speedup .given { stroke: #17692f; stroke-dasharray: 8 4; } .speedup .given-text { fill: #17692f; } \
    .speedup .limit { stroke: #a81e1e; stroke-width: 1.5; } .speedup .limit-text { fill: #a81e1e; } \
    .speedup .point { fill: #0b57a4; } .speedup .whisker { stroke: #0b57a4; stroke-width: 2; } \
    .speedup .value { fill: #1c1e21; font-weight: 600; } \
    @media (prefers-color-scheme: dark) { .speedup text { fill: #a6adb7; } .speedup .grid { stroke: #3a3f46; } \
    .speedup .ideal { stroke: #a6adb7; } .speedup .given { stroke: #7fd495; } .speedup .given-text { fill: #7fd495; } \
    .speedup .limit { stroke: #f39a94; } .speedup .limit-text { fill: #f39a94; } .speedup .point { fill: #8ab8f0; } \
    .speedup .whisker { stroke: #8ab8f0; } .speedup .value { fill: #e7e9ec; } }
    """

  private var description: String {
    report.points.map { "\($0.workers) workers: \(Self.text($0.speedup)) times" }.joined(separator: "; ")
  }

  private func x(_ workers: Double) -> Double {
    let part = log(max(1, workers)) / log(mostWorkers)
    return Self.frame.left + 30 + part * (Self.frame.right - Self.frame.left - 60)
  }

  private func y(_ speedup: Double) -> Double {
    let value = min(max(speedup, range.lowerBound), range.upperBound)
    let part = log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    return Self.frame.bottom - part * (Self.frame.bottom - Self.frame.top)
  }

  private var grid: Markup {
    let steps = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 512, 2048].filter(range.contains)
    let rows = steps.map { step -> Markup in
      """
      <line class="grid" x1="\(Self.frame.left)" x2="\(Self.frame.right)" y1="\(y(step))" y2="\(y(step))"/>
      <text x="\(Self.frame.left - 8)" y="\(y(step) + 4)" text-anchor="end">\(Self.text(step))×</text>

      """
    }
    let workers = Set([1] + report.points.map(\.workers)).sorted()
    let columns = workers.map { count -> Markup in
      """
      <text x="\(x(Double(count)))" y="\(Self.frame.bottom + 18)" text-anchor="middle">\(count)</text>

      """
    }
    return rows.joined() + columns.joined() + """
      <text x="\((Self.frame.left + Self.frame.right) / 2)" y="\(Self.frame.bottom + 40)" text-anchor="middle">\
      workers</text>
      <text x="12" y="14">times as fast</text>

      """
  }

  private var lines: Markup {
    let ideal: Markup = """
      <line class="ideal" x1="\(x(1))" y1="\(y(1))" x2="\(x(mostWorkers))" y2="\(y(mostWorkers))"/>

      """
    // Labels that would lie on each other are moved apart, from the top.
    let idealLabel = (value: mostWorkers, text: "ideal: \(Self.text(mostWorkers))×", kind: "" as Markup)
    var labels = [idealLabel, (value: report.threshold, text: limitText, kind: "limit-text" as Markup)]
    if let given = report.attainable {
      labels.append((value: given, text: "these CPUs: \(Self.text(given))×", kind: "given-text"))
    }
    var free = 0.0
    let texts = labels.sorted { $0.value > $1.value }.map { label -> Markup in
      let place = max(free, y(label.value) + 4)
      free = place + 16
      return """
        <text class="\(label.kind)" x="\(Self.frame.right + 8)" y="\(place)">\(label.text)</text>

        """
    }
    let given = report.attainable.map { level($0, "given") } ?? ""
    return ideal + given + level(report.threshold, "limit") + texts.joined()
  }

  private var limitText: String { "\(report.isUpperLimit ? "at most" : "asked for"): \(Self.text(report.threshold))×" }

  private func level(_ speedup: Double, _ kind: Markup) -> Markup {
    """
    <line class="\(kind)" x1="\(Self.frame.left)" x2="\(Self.frame.right)" y1="\(y(speedup))" \
    y2="\(y(speedup))"/>

    """
  }

  private var points: Markup {
    let baseline = SpeedupReport.Point(
      scenario: report.baseline, workers: 1, speedup: 1, low: nil, high: nil, pairs: 0)
    let isAlone = !report.points.contains { $0.workers == 1 }
    return ((isAlone ? [baseline] : []) + report.points).map { point -> Markup in
      let across = x(Double(point.workers))
      let side = across > (Self.frame.left + Self.frame.right) / 2 ? -1.0 : 1.0
      return whisker(point, at: across) + """
        <circle class="point" cx="\(across)" cy="\(y(point.speedup))" r="5"/>
        <text class="value" x="\(across + side * 12)" y="\(y(point.speedup) + 19)" \
        text-anchor="\(side < 0 ? "end" : "start")">\(Self.text(point.speedup))×</text>

        """
    }.joined()
  }

  private func whisker(_ point: SpeedupReport.Point, at across: Double) -> Markup {
    guard let low = point.low, let high = point.high else { return "" }
    let ends = [(low, 6.0), (high, 6.0)].map { value, width -> Markup in
      """
      <line class="whisker" x1="\(across - width)" x2="\(across + width)" y1="\(y(value))" \
      y2="\(y(value))"/>

      """
    }
    return """
      <line class="whisker" x1="\(across)" x2="\(across)" y1="\(y(low))" y2="\(y(high))"/>

      """ + ends.joined()
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && value < 1e6 ? "\(Int(value))" : String(format: value < 10 ? "%.2f" : "%.1f", value)
  }
}
