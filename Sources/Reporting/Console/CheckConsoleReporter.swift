import Foundation
public import Grading

/// Tells a learner what became of their submission, check by check, with the lines that show it.
public struct CheckConsoleReporter: Sendable {
  /// What the terminal can show.
  public var style: ConsoleStyle
  /// Whether everything is shown: ids, all findings, and the output of checks that failed.
  public var isVerbose: Bool

  private static let findingsShown = 3
  private static let detailLinesShown = 24
  private static let outputLinesShown = 40

  /// A reporter for a terminal.
  public init(style: ConsoleStyle = ConsoleStyle(), isVerbose: Bool = false) {
    self.style = style
    self.isVerbose = isVerbose
  }

  /// The text for one submission after another, each line ended.
  public func text(for report: Report) -> String {
    let visible = report.visible(asciiOnly: style.isASCII)
    let parts = visible.submissions.map { submission in
      heading(visible, submission) + submission.checks.flatMap(lines) + notes(submission) + next(submission)
    }
    let machine = isVerbose ? [""] + wrapped(Self.machine(visible)).map { style.paint($0, .dim) } : []
    return (parts.flatMap { $0 } + machine).map { $0 + "\n" }.joined()
  }

  private func heading(_ report: Report, _ submission: SubmissionReport) -> [String] {
    let verdict = style.paint(submission.verdict.title.uppercased(), .bold, submission.verdict.paint)
    let title = style.paint(style.cut(report.title, to: style.width), .bold)
    let points = "\(submission.points) of \(submission.maximumPoints) points"
    return [title, style.cut(submission.id, to: style.width), "", "\(verdict)   \(points)", ""]
  }

  private func lines(_ check: CheckReport) -> [String] {
    let points = "\(check.points)/\(check.maximumPoints)"
    let title = isVerbose ? "\(check.title) (\(check.id))" : check.title
    let titleLines = TextLayout.wrap(title, to: style.width - 4 - points.count)
    let first = TextLayout.pad(titleLines.first ?? "", to: style.width - 3 - points.count)
    return ["\(mark(check.status)) \(first) \(points)"] + titleLines.dropFirst().map { "  " + $0 } + body(check)
  }

  private func mark(_ status: CheckReport.Status) -> String {
    switch status {
    case .passed: style.paint(style.isASCII ? "+" : "✓", .green)
    case .failed: style.paint(style.isASCII ? "x" : "✗", .red)
    case .skipped: style.paint(style.isASCII ? "-" : "–", .yellow)
    case .error: style.paint("!", .yellow)
    }
  }

  private func body(_ check: CheckReport) -> [String] {
    var messages: Set<String> = []
    let distinct = check.findings.filter { messages.insert($0.message).inserted }
    let findings = isVerbose ? check.findings[...] : distinct.prefix(Self.findingsShown)
    let hidden = isVerbose ? 0 : distinct.count - findings.count
    let more = hidden == 0 ? [] : indented("and \(hidden) more; --verbose shows them all")
    let evidence = check.evidence.flatMap { indented($0).map { style.paint($0, .dim) } }
    return findings.flatMap(lines) + more + frequency(check) + evidence + outputs(check)
  }

  private func lines(_ finding: Finding) -> [String] {
    let text = finding.details.trimmingCharacters(in: .newlines)
    let details = text.isEmpty ? [] : indented(text, by: 6)
    let shown = isVerbose ? details : head(details, Self.detailLinesShown)
    return indented(finding.message) + counterExample(finding.counterExample) + shown
  }

  private func counterExample(_ lines: [Finding.Line]) -> [String] {
    let numberWidth = lines.map { String($0.number).count }.max() ?? 0
    let writers = lines.map { style.cut($0.writer ?? "", to: 20) }
    let writerWidth = writers.map { DisplayWidth.of($0) }.max() ?? 0
    return zip(lines, writers).map { line, writer in
      let number = TextLayout.padLeft(String(line.number), to: numberWidth)
      let who = writerWidth == 0 ? "" : "  " + TextLayout.pad(writer, to: writerWidth)
      let start = "      line \(number)\(who) \(style.bar) "
      return start + style.cut(line.text, to: style.width - DisplayWidth.of(start))
    }
  }

  private func frequency(_ check: CheckReport) -> [String] {
    // A finding without an attempt is about a stretched or muted run, of which there is one.
    // A flaky check says that itself, with an interval.
    guard check.status == .failed, check.attempts > 1, check.failedAttempts > 0,
      check.findings.first?.verdict != .flaky,
      let first = check.findings.compactMap(\.attempt).min()
    else { return [] }
    return indented("Seen in \(check.failedAttempts) of \(check.attempts) runs, first in run \(first).")
  }

  private func outputs(_ check: CheckReport) -> [String] {
    guard isVerbose, check.status == .failed || check.status == .error else { return [] }
    return quoted("What it printed", check.output) + quoted("What it printed as errors", check.errors)
  }

  private func quoted(_ title: String, _ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let ended = lines.last?.isEmpty == true ? Array(lines.dropLast()) : lines
    let quoted = ended.map { "      \(style.bar) " + style.cut($0, to: style.width - 8) }
    return indented(title + ":") + head(quoted, Self.outputLinesShown)
  }

  /// The first lines, and how many more there are where it is more than one.
  private func head(_ lines: [String], _ count: Int) -> [String] {
    let hidden = lines.count - count
    return hidden > 1 ? lines.prefix(count) + indented("and \(hidden) more lines", by: 6) : lines
  }

  private func notes(_ submission: SubmissionReport) -> [String] {
    guard !submission.notes.isEmpty else { return [] }
    return ["", style.paint("Notes", .bold)] + submission.notes.flatMap { bulleted($0) }
  }

  private func next(_ submission: SubmissionReport) -> [String] {
    let shows = submission.checks.contains { $0.status == .failed && !($0.output.isEmpty && $0.errors.isEmpty) }
    let verbose = shows && !isVerbose ? bulleted("threadmark check --verbose shows what the program printed.") : []
    return ["", style.paint("What to do next", .bold)] + bulleted(submission.verdict.advice) + verbose
  }

  private func bulleted(_ text: String) -> [String] {
    zip([style.bullet] + Array(repeating: " ", count: 1_000), TextLayout.wrap(text, to: style.width - 4))
      .map { "  \($0) \($1)" }
  }

  private func wrapped(_ text: String) -> [String] { TextLayout.wrap(text, to: style.width) }

  private func indented(_ text: String, by columns: Int = 4) -> [String] {
    TextLayout.wrap(text, to: style.width - columns).map { String(repeating: " ", count: columns) + $0 }
  }

  private static func machine(_ report: Report) -> String {
    "threadmark \(report.version), \(report.machine.interpreterVersion), tier \(report.machine.tier), "
      + "\(report.machine.kernel), \(report.machine.cpus) CPUs" + (report.seed.map { ", seed \($0)" } ?? "")
  }
}
