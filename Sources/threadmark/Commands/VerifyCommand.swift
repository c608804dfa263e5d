import ArgumentParser
import Foundation
import Grading
import Reporting

/// Marks the submissions that come with exercises and compares their verdicts with those they must get.
struct VerifyCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Find out whether an exercise's reference submissions get the verdicts of their folders.",
    usage: "threadmark verify (<exercise> ... | --all) [<options>]",
    discussion: """
      Every file or folder in an exercise's submissions/<verdict>/ is marked like a student's. Status 0 means that each \
      got the verdict that its folder is named for. An exercise that measures speedup on so little work that starting the \
      program weighs as much is refused, with status 2.

      Examples:
        threadmark verify threaded-printers
        threadmark verify exercises/my-new-exercise
        threadmark verify --all
      """)

  @Argument(help: "The exercises: their ids or folders.")
  var exercise: [String] = []

  @Flag(help: "Verify all exercises that can be found.")
  var all = false

  @OptionGroup var jobs: JobsOptions
  @OptionGroup var library: LibraryOptions
  @OptionGroup var python: PythonOptions
  @OptionGroup var containment: TierOptions
  @OptionGroup var seed: SeedOptions

  func validate() throws {
    if all == !exercise.isEmpty { throw ValidationError("Name exercises, or ask for --all.") }
  }

  func perform() async throws -> ExitStatus {
    let library = try library.library()
    let folders = all ? library.entries.map(\.folder) : try exercise.map(library.folder(named:))
    guard !folders.isEmpty else { throw CommandFailure.usage(library.known) }
    let plans = try folders.map { (try Marking.exercise(in: $0), try ReferenceSubmissions(exercise: $0)) }
    let (results, signal) = try await Interruption.watched { [python, containment, seed, jobs] in
      var results: (statuses: [ExitStatus], problems: [String]) = ([], [])
      for (exercise, references) in plans where !Task.isCancelled {
        let marking = try await Marking(exercise, python: python.python, tier: containment.tier, seed: seed.seed)
        let report = try await Self.mark(references, with: marking, jobs: jobs.count)
        results.statuses.append(try Self.status(of: report, expecting: references.cases.map(\.expected)))
        let problems = [SpeedupWorkload.problem(in: exercise), SpeedupWorkload.problem(in: report, of: exercise)]
        results.problems += problems.compactMap(\.self)
      }
      return results
    }
    if let signal { return ExitStatus(signal: signal) }
    let (statuses, problems) = results
    if !problems.isEmpty {
      let text = problems.joined(separator: "\n")
      guard statuses.contains(.failure) else { throw CommandFailure.usage(text) }
      StandardStreams.complain("Error: \(text)")
    }
    return [.failure, .notAccepted].first(where: statuses.contains) ?? .success
  }

  private static func mark(
    _ references: ReferenceSubmissions, with marking: Marking, jobs: Int
  ) async throws -> Report {
    let submissions = references.cases.map { reference in
      var submission = SubmissionReference(path: reference.path)
      submission.id = reference.name
      return submission
    }
    var progress = Progress(total: submissions.count)
    progress.start()
    let report = await marking.grader.gradeClass(submissions, jobs: jobs, into: marking.emptyReport()) {
      progress.finished($0)
    }
    progress.end()
    return report
  }

  private static func status(of report: Report, expecting expected: [Verdict]) throws -> ExitStatus {
    if report.isInterrupted { return .notAccepted }
    let text = VerificationConsoleReporter(style: Terminal.output.style)
      .text(for: report, expecting: expected)
    try StandardStreams.write(text)
    if report.submissions.contains(where: { $0.verdict == .judgeError }) { return .failure }
    return report.submissions.map(\.verdict) == expected ? .success : .notAccepted
  }
}
