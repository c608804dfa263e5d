import Foundation
import Grading
import Reporting
import Sandboxing

/// Everything that marking submissions to one exercise takes on this machine, wired together in this one place.
struct Marking: Sendable {
  let grader: Grader
  let machine: Report.Machine

  /// A report on no submission yet.
  func emptyReport() -> Report { grader.emptyReport(started: Date(), machine: machine) }
}

extension Marking {
  /// Reads an exercise.
  /// - Throws: `CommandFailure` with everything that is wrong with it.
  static func exercise(in folder: String) throws -> Exercise {
    do { return try Exercise.load(folder: folder) } catch { throw CommandFailure.usage("\(error)") }
  }

  /// Finds what runs and contains the submissions.
  /// - Parameters:
  ///   - exercise: what is asked for.
  ///   - python: the Python to use, where one was named.
  ///   - tier: what must contain the runs, where that was named.
  ///   - seed: what the settings of repeated runs are derived from.
  /// - Throws: `CommandFailure` when this machine has no such language or cannot contain runs.
  init(_ exercise: Exercise, python: String?, tier: IsolationTier?, seed: UInt64 = SeededSettings.defaultSeed)
    async throws
  {
    do {
      let language = try await LanguageCatalogue.language(exercise.language, python: python)
      let sandbox = try await Sandbox(tier: tier)
      sandbox.tier.warnIfUncontaining()
      self.init(
        grader: Grader(
          exercise: exercise, language: language, executor: sandbox, settings: SeededSettings(seed: seed),
          ledger: .shared),
        machine: Report.Machine(tier: sandbox.tier, language: language))
    } catch let error as LanguageError where python != nil {
      throw CommandFailure.usage("\(error)")
    } catch {
      throw CommandFailure.machine("\(error)")
    }
  }
}

extension IsolationTier {
  /// Says loudly, on standard error, where runs are not contained.
  func warnIfUncontaining() {
    guard !isContaining else { return }
    StandardStreams.complain(
      """
      WARNING: untrusted code is not contained. This machine has neither user namespaces nor Landlock and seccomp, so a
      submission can read, write and end whatever you can. Mark only programs that you trust. See threadmark doctor.
      """)
  }
}

extension Report {
  /// How marking ends: as a failure where the machine failed, else by what was accepted.
  var status: ExitStatus {
    let verdicts = Set(submissions.map(\.verdict))
    if verdicts.contains(.judgeError) { return .failure }
    return verdicts == [.accepted] && !isInterrupted ? .success : .notAccepted
  }
}

extension ReportWriter {
  /// Finds out before marking whether every report can be written.
  /// - Throws: `CommandFailure`.
  func prepareForMarking() throws {
    do { try prepare() } catch { throw CommandFailure.usage("\(error)") }
  }
}
