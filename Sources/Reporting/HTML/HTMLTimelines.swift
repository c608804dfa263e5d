import Grading

/// The timelines of a submission's page: each failed check's, but one run is drawn once, unless other lines are marked in it.
struct HTMLTimelines {
  /// The files beside the page.
  private(set) var files: [HTMLReporter.Page] = []
  private var figures: [Markup]

  /// The timelines of a submission.
  /// - Parameters:
  ///   - submission: as it is, for the files' names.
  ///   - visible: the same with every text made harmless.
  init(_ submission: SubmissionReport, visible: SubmissionReport) {
    figures = [Markup](repeating: "", count: visible.checks.count)
    var drawn: [(timeline: Timeline, name: String)] = []
    for (index, check) in visible.checks.enumerated() {
      guard let timeline = check.timeline, let chart = check.failedTimeline else { continue }
      if !timeline.isMarked, let same = drawn.first(where: { $0.timeline.isOfSameRun(as: timeline) }) {
        figures[index] =
          "<p class=\"about\">What the threads did: <a href=\"\(same.name)\">the run shown above</a>.</p>"
        continue
      }
      let name = Pictures.timelineName(of: submission.checks[index], in: submission)
      drawn.append((timeline, name))
      files.append(HTMLReporter.Page(path: "submissions/\(name)", text: chart.document))
      figures[index] = """
        <figure>
        \(chart.markup)
        <figcaption class="about"><a href="\(name)">The picture as a file</a></figcaption>
        </figure>
        """
    }
  }

  /// The figure of a check, by its index; empty where it has none.
  func figure(_ check: Int) -> Markup { figures[check] }
}

extension Timeline {
  /// Whether lines of a counter-example are marked in it.
  fileprivate var isMarked: Bool { lanes.contains { $0.lines.contains { $0.mark != nil } } }
}
