import Grading

/// The table of a class.
struct HTMLIndexPage {
  let report: Report
  /// The submissions' pages, in their order.
  let paths: [String]

  var document: Markup {
    HTMLPage.document(
      title: "\(report.title): \(report.submissions.count) submissions",
      body: """
        <header>
        <h1>\(report.title)</h1>
        <p class="about">Exercise <code>\(report.exercise)</code>, \(report.maximumPoints) points</p>
        </header>
        <main>
        \(interruption)<h2>Verdicts</h2>
        \(counts)
        <h2>Submissions</h2>
        \(table)
        </main>
        \(HTMLPage.machine(report))
        """)
  }

  private var interruption: Markup {
    guard report.isInterrupted else { return "" }
    return "<p class=\"notice\">Marking was broken off: only these submissions were marked.</p>\n"
  }

  private var counts: Markup {
    guard !report.submissions.isEmpty else { return "<p>No submissions.</p>" }
    let items: [Markup] = report.verdictCounts.map { "<li>\(HTMLPage.badge($0.verdict)) \($0.count)</li>" }
    return "<ul class=\"counts\">\n\(items.joined(separator: "\n"))\n</ul>"
  }

  private var table: Markup {
    """
    <table>
    <thead>
    <tr><th scope="col">Submission</th><th scope="col">Verdict</th><th scope="col" class="number">Points</th>\
    <th scope="col">Found first</th><th scope="col" class="number">Seconds</th></tr>
    </thead>
    <tbody>
    \(zip(report.submissions, paths).map(row).joined(separator: "\n"))
    </tbody>
    </table>
    """
  }

  private func row(_ submission: SubmissionReport, path: String) -> Markup {
    """
    <tr><th scope="row"><a href="\(path)"><bdi>\(submission.id)</bdi></a></th>\
    <td>\(HTMLPage.badge(submission.verdict))</td>\
    <td class="number">\(submission.points)/\(submission.maximumPoints)</td>\
    <td><bdi>\(TextLayout.cut(submission.summary, to: 160))</bdi></td>\
    <td class="number">\(HTMLPage.seconds(submission.duration))</td></tr>
    """
  }
}
