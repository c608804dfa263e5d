import Foundation
import TestSupport
import Testing

/// Compares a text with the one recorded in `fixtures/reports/<name>`.
///
/// A missing record is written and the test fails, so that a person reads it before it is committed. Set
/// `THREADMARK_RECORD=1` to write all of them anew.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = Fixtures.root.appending(path: "reports")
  let file = folder.appending(path: name)
  let isRecording = ProcessInfo.processInfo.environment["THREADMARK_RECORD"] == "1"
  guard !isRecording, let recorded = try? String(contentsOf: file, encoding: .utf8) else {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("Recorded fixtures/reports/\(name): read it, then run again.", sourceLocation: sourceLocation)
    return
  }
  guard text != recorded else { return }
  let difference = firstDifference(text, recorded)
  Issue.record("fixtures/reports/\(name) differs: \(difference)", sourceLocation: sourceLocation)
}

private func firstDifference(_ text: String, _ recorded: String) -> String {
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let index = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(new.count, old.count)
  func line(_ lines: [Substring]) -> String { index < lines.count ? lines[index].debugDescription : "the end" }
  return "line \(index + 1) is \(line(new)), recorded is \(line(old))"
}
