public import Grading

/// A report as pages for a browser: a table of the class and a page for each submission, without scripts.
///
/// The pages need nothing but themselves: their style is inside, links are relative, and a content security policy keeps
/// out whatever an error of ours might let through.
public enum HTMLReporter {
  /// A file of the report.
  public struct Page: Sendable, Equatable {
    /// Where it belongs: a path relative to the report's folder.
    public let path: String
    /// The whole document.
    public let text: String
  }

  /// The class's table, `index.html`, then a page in `submissions/` for each submission, beside it its timelines.
  public static func pages(for report: Report) -> [Page] {
    let visible = report.visible()
    let paths = report.submissions.map { "submissions/\(SafeName($0.id).string).html" }
    let index = HTMLIndexPage(report: visible, paths: paths).document
    let submissions = zip(paths, zip(report.submissions, visible.submissions)).flatMap { path, submissions in
      let timelines = HTMLTimelines(submissions.0, visible: submissions.1)
      let page = HTMLSubmissionPage(report: visible, submission: submissions.1, timelines: timelines)
      return [Page(path: path, text: page.document.html)] + timelines.files
    }
    return [Page(path: "index.html", text: index.html)] + submissions
  }
}

/// What all pages have in common.
enum HTMLPage {
  static func document(title: String, body: Markup) -> Markup {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="referrer" content="no-referrer">
    <title>\(title)</title>
    <style>
    \(HTMLStyle.sheet)
    </style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  /// The verdict in its colour; the word itself is there too, since colour alone tells some readers nothing.
  static func badge(_ verdict: Verdict) -> Markup {
    let tone: Markup =
      switch verdict {
      case .accepted: "good"
      case .inconclusive, .judgeError: "open"
      default: "bad"
      }
    return "<span class=\"verdict \(tone)\">\(verdict.title)</span>"
  }

  /// What the submissions were run by and on.
  static func machine(_ report: Report) -> Markup {
    let machine = report.machine
    return """
      <footer>
      <p>Marked by threadmark \(report.version), begun \(Instant.text(report.started)).</p>
      <p>\(machine.interpreterVersion) (<code>\(machine.interpreter)</code>), \(machine.kernel), \(machine.cpus) CPUs, \
      isolation tier \(machine.tierTitle)\(seed(report)).</p>
      </footer>
      """
  }

  private static func seed(_ report: Report) -> Markup { report.seed.map { ", seed \("\($0)")" } ?? "" }

  static func seconds(_ seconds: Double) -> String {
    let tenths = Int((min(max(0, seconds), 1e9) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
