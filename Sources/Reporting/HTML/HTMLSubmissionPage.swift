import Grading

/// What became of one submission, check by check.
struct HTMLSubmissionPage {
  let report: Report
  let submission: SubmissionReport
  let timelines: HTMLTimelines

  var document: Markup {
    HTMLPage.document(
      title: "\(submission.id): \(submission.verdict.title), \(report.title)",
      body: """
        <header>
        <p><a href="../index.html">All submissions</a></p>
        <h1><bdi>\(submission.id)</bdi></h1>
        <p class="about">\(report.title)</p>
        <p class="result">\(HTMLPage.badge(submission.verdict)) \
        \(submission.points) of \(submission.maximumPoints) points</p>
        </header>
        <main>
        \(submission.checks.indices.map(section).joined(separator: "\n"))
        \(notes)<h2>What to do next</h2>
        <p>\(submission.verdict.advice)</p>
        </main>
        \(HTMLPage.machine(report))
        """)
  }

  private var notes: Markup {
    guard !submission.notes.isEmpty else { return "" }
    return "<h2>Notes</h2>\n\(list(submission.notes))\n"
  }

  private func section(_ index: Int) -> Markup {
    let check = submission.checks[index]
    let parts: [Markup] =
      ["<h2>\(status(check.status)) \(check.title)</h2>", facts(check)] + check.findings.map(finding)
      + [chart(check), timelines.figure(index)]
      + (check.evidence.isEmpty ? [] : [list(check.evidence)])
      + [output("What it printed", check.output), output("What it printed as errors", check.errors)]
    return "<section>\n\(parts.filter { $0 != "" }.joined(separator: "\n"))\n</section>"
  }

  /// The picture of a measured speedup; nothing where nothing was measured.
  private func chart(_ check: CheckReport) -> Markup {
    check.speedupChart.map { "<figure>\n\($0.markup)\n</figure>" } ?? ""
  }

  private func facts(_ check: CheckReport) -> Markup {
    let runs: Markup =
      switch (check.status, check.attempts) {
      case (.failed, 2...): "; seen in \(check.failedAttempts) of \(check.attempts) runs"
      case (.passed, 2...): "; the same in all \(check.attempts) runs"
      default: ""
      }
    return "<p class=\"about\"><code>\(check.id)</code>: \(check.points)/\(check.maximumPoints) points\(runs)</p>"
  }

  private func status(_ status: CheckReport.Status) -> Markup {
    switch status {
    case .passed: "<span class=\"good\">✓ passed:</span>"
    case .failed: "<span class=\"bad\">✗ failed:</span>"
    case .skipped: "<span class=\"open\">– skipped:</span>"
    case .error: "<span class=\"open\">! not judged:</span>"
    }
  }

  private func finding(_ finding: Finding) -> Markup {
    let details: Markup = finding.details.isEmpty ? "" : "<pre>\(finding.details)</pre>\n"
    let run: Markup = finding.attempt.map { "<p class=\"about\">In run \($0).</p>\n" } ?? ""
    return """
      <div class="finding">
      <p>\(finding.message)</p>
      \(counterExample(finding.counterExample))\(details)\(run)</div>
      """
  }

  private func counterExample(_ lines: [Finding.Line]) -> Markup {
    guard !lines.isEmpty else { return "" }
    let rows = lines.map { line -> Markup in
      """
      <tr><th scope="row" class="number">\(line.number)</th><td>\(line.writer ?? "")</td>\
      <td><code>\(line.text)</code></td></tr>
      """
    }
    return """
      <table>
      <thead><tr><th scope="col" class="number">Line</th><th scope="col">Printed by</th><th scope="col">Text</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>

      """
  }

  private func list(_ items: [String]) -> Markup {
    "<ul>\n\(items.map { "<li>\($0)</li>" as Markup }.joined(separator: "\n"))\n</ul>"
  }

  private func output(_ title: String, _ text: String) -> Markup {
    guard !text.isEmpty else { return "" }
    return "<details><summary>\(title)</summary>\n<pre>\(text)</pre>\n</details>"
  }
}
