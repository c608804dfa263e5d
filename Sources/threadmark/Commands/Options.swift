import ArgumentParser
import Foundation
import Grading
import Reporting
import Sandboxing

/// Where exercises are looked for.
struct LibraryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder that holds the exercises.",
      discussion: """
        Without it: the folders in THREADMARK_EXERCISES, separated by colons; else the folders named exercises around the \
        current folder and around threadmark's own executable.
        """, valueName: "folder"))
  var exercises: String?

  /// The exercises that can be found.
  func library() throws -> ExerciseLibrary { try ExerciseLibrary.current(folder: exercises) }
}

/// What runs Python programs.
struct PythonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The Python that runs the submissions: a path or a name. Default: THREADMARK_PYTHON, else python3.",
      valueName: "path"))
  var python: String?
}

/// What contains the runs.
struct TierOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Contain runs in this isolation tier and in no other: \(IsolationTier.allCases.map(\.rawValue).joined(separator: ", ")).",
      discussion: "Without it: the strongest that this machine offers, see threadmark doctor.", valueName: "tier"),
    transform: tier)
  var tier: IsolationTier?

  private static let tier: @Sendable (String) throws -> IsolationTier = { text in
    guard let tier = IsolationTier(rawValue: text.uppercased()) else {
      let names = IsolationTier.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is no isolation tier \(text). There are: \(names).")
    }
    return tier
  }
}

/// What the settings of repeated runs are derived from.
struct SeedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Vary the repeated runs as this seed says: CPUs, thread switches, start delays, hash seeds.",
      discussion:
        "Default: \(SeededSettings.defaultSeed). Reports name the seed; the same seed gives the same settings.",
      valueName: "n"))
  var seed: UInt64 = SeededSettings.defaultSeed
}

/// How many submissions are marked at the same time.
struct JobsOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("How many submissions are marked at the same time. Default: one for each CPU.", valueName: "n"))
  var jobs: Int?

  /// The number, at least 1.
  var count: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }
}

/// The documents that machines read.
struct DocumentOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the whole report as JSON; - is standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a JUnit XML report.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write every timed run of checks of speedup as CSV.", valueName: "file"))
  var timings: String?

  /// Whether standard output is the JSON document's, so that nothing else may be printed there.
  var usesStandardOutput: Bool { json == "-" }

  /// Who writes them, and pages and a timeline where a path is given.
  func writer(html: String? = nil, timeline: String? = nil, includesStudentIDs: Bool = true) -> ReportWriter {
    ReportWriter(
      json: usesStandardOutput ? nil : json, junit: junit, html: html, timings: timings, timeline: timeline,
      includesStudentIDs: includesStudentIDs)
  }
}
