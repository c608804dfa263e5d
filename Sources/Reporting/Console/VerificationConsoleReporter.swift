public import Grading

/// Tells an author whether an exercise's reference submissions got the verdicts that they must get.
public struct VerificationConsoleReporter: Sendable {
  /// What the terminal can show.
  public var style: ConsoleStyle

  /// A reporter for a terminal.
  public init(style: ConsoleStyle = ConsoleStyle()) {
    self.style = style
  }

  /// The table and its sum, each line ended.
  /// - Parameters:
  ///   - report: what became of the submissions.
  ///   - expected: the verdict that each of them must get, in the same order.
  /// - Returns: the text.
  public func text(for report: Report, expecting expected: [Verdict]) -> String {
    let visible = report.visible(asciiOnly: style.isASCII)
    var table = ConsoleTable(style: style, columns: ["", "SUBMISSION", "VERDICT", "FOUND FIRST"])
    table.narrowing = [(3, 24), (1, 24), (3, 8), (2, 8), (1, 8)]
    var wrong = 0
    for (submission, expected) in zip(visible.submissions, expected) {
      let isRight = submission.verdict == expected
      wrong += isRight ? 0 : 1
      let mark = isRight ? (style.isASCII ? "+" : "✓") : (style.isASCII ? "x" : "✗")
      let paint: ConsoleStyle.Paint = isRight ? .green : .red
      table.add(
        [mark, submission.id, submission.verdict.title, submission.summary],
        paints: isRight ? [0: paint] : [0: paint, 2: paint])
    }
    let count = visible.submissions.count
    let sum =
      wrong == 0
      ? "All \(count) reference submissions get their verdicts."
      : "\(wrong) of \(count) reference submissions do not get the verdict of their folder."
    let title = style.cut("\(visible.title) (\(visible.exercise))", to: style.width)
    return ([style.paint(title, .bold), ""] + table.lines + ["", sum, ""]).map { $0 + "\n" }.joined()
  }
}
