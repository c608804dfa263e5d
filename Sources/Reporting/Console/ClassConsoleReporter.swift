public import Grading

/// Sums up a class for a teacher: one row for each submission, then how many got which verdict.
public struct ClassConsoleReporter: Sendable {
  /// What the terminal can show.
  public var style: ConsoleStyle

  private static let slowestShown = 3

  /// A reporter for a terminal.
  public init(style: ConsoleStyle = ConsoleStyle()) {
    self.style = style
  }

  /// The table and what follows it, each line ended.
  public func text(for report: Report) -> String {
    let visible = report.visible(asciiOnly: style.isASCII)
    let lines = heading(visible) + table(visible) + [""] + summary(visible) + interruption(visible)
    return lines.map { $0 + "\n" }.joined()
  }

  /// One line on one submission, for logs and for terminals without a table.
  public func line(for submission: SubmissionReport) -> String {
    let id = VisibleText(line: submission.id, asciiOnly: style.isASCII).string
    let result = "\(submission.verdict.title), \(points(submission)), \(seconds(submission.duration))"
    return "\(style.cut(id, to: style.width - result.count - 2)): \(result)"
  }

  private func heading(_ report: Report) -> [String] {
    let title = style.cut("\(report.title) (\(report.exercise))", to: style.width)
    return [style.paint(title, .bold), ""]
  }

  private func table(_ report: Report) -> [String] {
    var table = ConsoleTable(style: style, columns: ["SUBMISSION", "VERDICT", "POINTS", "FOUND FIRST"])
    table.rightAligned = [2]
    table.narrowing = [(3, 28), (0, 16), (3, 8), (1, 8), (0, 8)]
    for submission in report.submissions {
      table.add(
        [submission.id, submission.verdict.title, points(submission), submission.summary],
        paints: [1: submission.verdict.paint])
    }
    return table.lines
  }

  private func summary(_ report: Report) -> [String] {
    let total = report.submissions.count
    let counts = report.verdictCounts.map { "\($0.count) \($0.verdict.title)" }.joined(separator: ", ")
    let submissions = "\(total) \(total == 1 ? "submission" : "submissions")"
    let text = total == 0 ? "No submissions." : "\(submissions): \(counts)."
    return TextLayout.wrap(text, to: style.width) + slowest(report)
  }

  private func slowest(_ report: Report) -> [String] {
    guard report.submissions.count > 1 else { return [] }
    let slowest = report.submissions.sorted { $0.duration > $1.duration }.prefix(Self.slowestShown)
    let names = slowest.map { "\(style.cut($0.id, to: 24)) \(seconds($0.duration))" }.joined(separator: ", ")
    return TextLayout.wrap("Slowest to mark: \(names).", to: style.width)
  }

  private func interruption(_ report: Report) -> [String] {
    guard report.isInterrupted else { return [] }
    let text = "Marking was broken off: only the submissions above were marked."
    return TextLayout.wrap(text, to: style.width).map { style.paint($0, .yellow) }
  }

  private func points(_ submission: SubmissionReport) -> String { "\(submission.points)/\(submission.maximumPoints)" }

  private func seconds(_ seconds: Double) -> String {
    let tenths = Int((min(max(0, seconds), 1e9) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
