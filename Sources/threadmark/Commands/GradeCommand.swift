import ArgumentParser
import Foundation
import Grading
import Reporting
import Sandboxing

/// Marks a class.
struct GradeCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Mark all submissions to an exercise.",
    usage: "threadmark grade <exercise> --submissions <folder> [<options>]",
    discussion: """
      The folder of submissions holds a file or a folder for each student, whose name is the student's id. Reports are \
      written as marking goes on, at most once a second, so that a crash loses nothing; until the end they say that they \
      are not complete. ^C keeps what is marked, writes it and ends with status 130; a second ^C quits at once.

      Examples:
        threadmark grade threaded-printers --submissions class/
        threadmark grade pool-squares --submissions class/ --junit report.xml
        threadmark grade ./my-exercise --submissions class/ --json report.json
        threadmark grade pool-squares --submissions class/ --html pages
      """)

  @Argument(help: "The exercise: its id or its folder.")
  var exercise: String

  @Option(help: ArgumentHelp("The folder with one file or folder for each student.", valueName: "folder"))
  var submissions: String

  @OptionGroup var documents: DocumentOptions

  @Option(help: ArgumentHelp("Write pages for a browser; the folder is made where it is missing.", valueName: "folder"))
  var html: String?

  @OptionGroup var jobs: JobsOptions

  @Flag(
    name: .customLong("no-student-ids"),
    help: "Write numbers in place of ids into all reports, by the order in which the table lists the submissions.")
  var hidesStudentIDs = false

  @Flag(
    name: .customLong("allow-uncontained"),
    help: "Mark also where nothing contains the submissions (tier E): only for programs that you trust.")
  var allowsUncontained = false

  @OptionGroup var library: LibraryOptions
  @OptionGroup var python: PythonOptions
  @OptionGroup var containment: TierOptions
  @OptionGroup var seed: SeedOptions

  func perform() async throws -> ExitStatus {
    let exercise = try Marking.exercise(in: library.library().folder(named: exercise))
    let references = try references()
    let writer = documents.writer(html: html, includesStudentIDs: !hidesStudentIDs)
    try writer.prepareForMarking()
    let marking = try await Marking(exercise, python: python.python, tier: containment.tier, seed: seed.seed)
    try requireContainment(by: marking)
    let session = ClassSession(
      marking: marking, references: references, jobs: jobs.count, writer: writer, hidesIDs: hidesStudentIDs)
    let (result, signal) = try await Interruption.watched { await session.run() }
    try result.record.finish(result.report)
    try show(result)
    return signal.map(ExitStatus.init(signal:)) ?? result.report.status
  }

  private func requireContainment(by marking: Marking) throws {
    guard marking.machine.tier == IsolationTier.bare.rawValue, !allowsUncontained else { return }
    throw CommandFailure.machine(
      """
      Nothing is marked: this machine can't contain what the submissions do. threadmark doctor says what is missing and \
      what to do. Whoever trusts all the programs can mark them with --allow-uncontained.
      """)
  }

  private func references() throws -> [SubmissionReference] {
    let references: [SubmissionReference]
    do { references = try SubmissionFolder.list(submissions) } catch { throw CommandFailure.usage("\(error)") }
    guard !references.isEmpty else { throw CommandFailure.usage("There are no submissions in \(submissions).") }
    return references
  }

  private func show(_ result: ClassSession.Result) throws {
    if documents.usesStandardOutput {
      let published = result.record.published(result.report)
      try StandardStreams.write(String(decoding: JSONReporter.data(for: published), as: UTF8.self))
    } else {
      try StandardStreams.write(ClassConsoleReporter(style: Terminal.output.style).text(for: result.report))
    }
  }
}
