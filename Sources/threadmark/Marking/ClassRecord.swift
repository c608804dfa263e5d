import Grading
import Reporting

/// What is marked of a class so far, written down as it grows so that a crash loses nothing.
struct ClassRecord: Sendable {
  private(set) var report: Report
  private let writer: ReportWriter
  private let places: [String: Int]
  private let pseudonyms: Pseudonyms?
  private var lastWritten: ContinuousClock.Instant?
  private var hasComplained = false

  /// How long reports may be behind what is marked.
  private static let interval = Duration.seconds(1)

  /// A record of nothing yet.
  /// - Parameters:
  ///   - report: a report without submissions.
  ///   - ids: the ids of all submissions, in their order.
  ///   - writer: where the reports go.
  ///   - hidesIDs: whether the files name submissions by their numbers.
  init(_ report: Report, ids: [String], writer: ReportWriter, hidesIDs: Bool) {
    self.report = report
    self.writer = writer
    places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    pseudonyms = hidesIDs ? Pseudonyms(ids: ids) : nil
    // Until the end this is part of a report, and says so to whoever finds it after a crash.
    self.report.isInterrupted = true
  }

  /// Takes a submission down in its place, and writes the documents unless that was done just now.
  mutating func add(_ submission: SubmissionReport) {
    let place = places[submission.id] ?? .max
    let index = report.submissions.firstIndex { (places[$0.id] ?? .max) > place } ?? report.submissions.endIndex
    report.submissions.insert(submission, at: index)
    if let lastWritten, lastWritten.duration(to: .now) < Self.interval { return }
    do { try writer.writeDocuments(published(report)) } catch { complainOnce(error) }
    lastWritten = .now
  }

  /// Writes everything.
  /// - Throws: `CommandFailure` when a report cannot be written any more.
  func finish(_ whole: Report) throws {
    do { try writer.write(published(whole)) } catch { throw CommandFailure.machine("\(error)") }
  }

  /// The report as the files show it.
  func published(_ report: Report) -> Report { pseudonyms?.applied(to: report) ?? report }

  /// A disk that is full now may have room at the end, so marking goes on.
  private mutating func complainOnce(_ error: any Error) {
    if !hasComplained { StandardStreams.complain("Warning: \(error) Marking goes on.") }
    hasComplained = true
  }
}
