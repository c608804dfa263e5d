import Foundation
import Grading
import JUnitXML

/// The pictures that a JUnit document refers to: files beside it, one for each check of speedup.
enum SpeedupPictures {
  /// A picture's file.
  struct File {
    /// Its name in the folder of pictures.
    let name: String
    /// The whole document.
    let svg: String
  }

  /// All pictures of a report.
  static func files(for report: Report) -> [File] {
    report.visible().submissions.enumerated().flatMap { index, visible in
      visible.checks.compactMap { check -> File? in
        guard let speedup = check.speedup, !speedup.points.isEmpty else { return nil }
        // The name is that of the submission itself, as the document has it.
        let name = name(of: check, in: report.submissions[index])
        return File(name: name, svg: SpeedupChart(speedup, title: check.title).document)
      }
    }
  }

  /// How a test case refers to its picture; nil where there is none.
  static func attachment(of check: CheckReport, in submission: SubmissionReport, folder: String) -> Attachment? {
    guard let speedup = check.speedup, !speedup.points.isEmpty else { return nil }
    return Attachment(relativePath: "\(folder)/\(name(of: check, in: submission))")
  }

  /// The folder of a document's pictures, relative to it: its name without the extension, and `-pictures`.
  static func folder(forDocument path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent + "-pictures"
  }

  private static func name(of check: CheckReport, in submission: SubmissionReport) -> String {
    "\(SafeName(submission.id).string).\(SafeName(check.id).string).svg"
  }
}
