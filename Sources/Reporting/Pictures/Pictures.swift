import Foundation
import Grading
import JUnitXML

/// The pictures that a JUnit document refers to, files beside it: each measured speedup, and each failed check's timeline.
enum Pictures {
  /// A picture's file.
  struct File {
    /// Its name in the folder of pictures.
    let name: String
    /// The whole document.
    let svg: String
  }

  /// All pictures of a report.
  static func files(for report: Report) -> [File] {
    zip(report.submissions, report.visible().submissions).flatMap { submission, visible in
      // The names are those of the submission itself, as the document has them.
      zip(submission.checks, visible.checks).flatMap { check, visible in
        zip(names(of: check, in: submission), documents(of: visible)).map { File(name: $0, svg: $1) }
      }
    }
  }

  /// How a test case refers to its pictures.
  static func attachments(of check: CheckReport, in submission: SubmissionReport, folder: String) -> [Attachment] {
    names(of: check, in: submission).compactMap { Attachment(relativePath: "\(folder)/\($0)") }
  }

  /// The folder of a document's pictures, relative to it: its name without the extension, and `-pictures`.
  static func folder(forDocument path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent + "-pictures"
  }

  /// The name of a failed check's timeline, beside a submission's page or in the folder of pictures.
  static func timelineName(of check: CheckReport, in submission: SubmissionReport) -> String {
    "\(SafeName(submission.id).string).\(SafeName(check.id).string).timeline.svg"
  }

  private static func documents(of check: CheckReport) -> [String] {
    [check.speedupChart?.document, check.failedTimeline?.document].compactMap(\.self)
  }

  private static func names(of check: CheckReport, in submission: SubmissionReport) -> [String] {
    let speedup =
      check.speedupChart == nil ? [] : ["\(SafeName(submission.id).string).\(SafeName(check.id).string).svg"]
    return speedup + (check.failedTimeline == nil ? [] : [timelineName(of: check, in: submission)])
  }
}

extension CheckReport {
  /// The picture of the speedup that was measured; nil where none was.
  var speedupChart: SpeedupChart? {
    guard let speedup, !speedup.points.isEmpty else { return nil }
    return SpeedupChart(speedup, title: title)
  }

  /// The picture of what the threads did; nil where the check did not fail.
  var failedTimeline: TimelineChart? { status == .failed ? TimelineChart(self) : nil }
}
