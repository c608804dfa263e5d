import ArgumentParser
import Foundation
import Grading
import Reporting

/// Marks one submission and tells a learner about it.
struct CheckCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Mark one submission and say what is wrong with it.",
    usage: "threadmark check [<file-or-folder>] [<options>]",
    discussion: """
      The exercise is the one that is named, else the one in whose folder the submission lies, else the only one whose \
      program has the submission's file name.

      Examples:
        threadmark check printers.py
        threadmark check . --exercise threaded-printers --verbose
        threadmark check mine/ --exercise pool-squares --junit report.xml
        threadmark check printers.py --timeline printers.svg
        threadmark check squares.py --json - | jq .submissions[0].points
      """)

  @Argument(help: ArgumentHelp("The program, or the folder that it is in.", valueName: "file-or-folder"))
  var submission = "."

  @Option(help: ArgumentHelp("The exercise: its id or its folder.", valueName: "id-or-folder"))
  var exercise: String?

  @OptionGroup var library: LibraryOptions
  @OptionGroup var python: PythonOptions
  @OptionGroup var containment: TierOptions
  @OptionGroup var seed: SeedOptions
  @OptionGroup var documents: DocumentOptions

  @Option(
    help: ArgumentHelp(
      "Draw what the threads did, as an SVG picture.",
      discussion: "It shows the run that failed, else the first run.", valueName: "file"))
  var timeline: String?

  @Flag(name: [.short, .long], help: "Show everything: all findings, what the program printed, ids and the machine.")
  var verbose = false

  func perform() async throws -> ExitStatus {
    let finder = ExerciseFinder(library: try library.library())
    let exercise = try Marking.exercise(in: finder.folder(forSubmission: submission, named: exercise))
    let writer = documents.writer(timeline: timeline)
    try writer.prepareForMarking()
    let marking = try await Marking(exercise, python: python.python, tier: containment.tier, seed: seed.seed)
    let reference = SubmissionReference(path: submission)
    var report = marking.emptyReport()
    Terminal.errors.draw("Marking \(reference.id) ...")
    let (marked, signal) = try await Interruption.watched { try? await marking.grader.grade(reference) }
    Terminal.errors.draw("")
    report.submissions = [marked].compactMap(\.self)
    report.isInterrupted = marked == nil
    do { try writer.write(report) } catch { throw CommandFailure.machine("\(error)") }
    try show(report)
    if let signal { return ExitStatus(signal: signal) }
    if let timeline, report.status != .failure, marked?.timelineCheck == nil { throw missing(timeline) }
    return report.status
  }

  private func missing(_ timeline: String) -> CommandFailure {
    .usage("\(VisibleText(line: timeline).string) was not written: nothing was run whose threads could be drawn.")
  }

  private func show(_ report: Report) throws {
    if documents.usesStandardOutput {
      try StandardStreams.write(String(decoding: JSONReporter.data(for: report), as: UTF8.self))
    } else {
      try StandardStreams.write(
        CheckConsoleReporter(style: Terminal.output.style, isVerbose: verbose).text(for: report))
    }
  }
}
