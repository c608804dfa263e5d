public import Foundation

extension Grader {
  /// A report on no submission yet.
  /// - Parameters:
  ///   - started: when marking began.
  ///   - machine: what the submissions are run by and on.
  /// - Returns: the report.
  public func emptyReport(started: Date, machine: Report.Machine) -> Report {
    Report(
      version: Threadmark.version, started: started, exercise: exercise.id, title: exercise.title,
      maximumPoints: exercise.maximumPoints, machine: machine, seed: settings.seed)
  }

  /// Marks a whole class, several submissions at a time.
  ///
  /// When the task is cancelled, what is marked is kept and the report says that it is not complete.
  /// - Parameters:
  ///   - references: the submissions.
  ///   - jobs: how many are marked at the same time, at least 1.
  ///   - report: the report to complete, as `emptyReport` makes it.
  ///   - onFinished: called with each submission's report as soon as there is one, one after the other.
  /// - Returns: the report, its submissions in the order of `references`.
  public func gradeClass(
    _ references: [SubmissionReference], jobs: Int, into report: Report,
    onFinished: (SubmissionReport) async -> Void = { _ in }
  ) async -> Report {
    var marked = [SubmissionReport?](repeating: nil, count: references.count)
    await withTaskGroup(of: (Int, SubmissionReport?).self) { group in
      var waiting = references.enumerated().makeIterator()
      func startNext() {
        guard !Task.isCancelled, let (index, reference) = waiting.next() else { return }
        group.addTask { (index, try? await grade(reference)) }
      }
      for _ in 0..<max(1, jobs) { startNext() }
      for await (index, submission) in group {
        marked[index] = submission
        if let submission { await onFinished(submission) }
        startNext()
      }
    }
    var report = report
    report.submissions = marked.compactMap(\.self)
    report.isInterrupted = report.submissions.count < references.count
    return report
  }
}
