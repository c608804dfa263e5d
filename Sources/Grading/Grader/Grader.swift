import Foundation
public import Sandboxing

/// Marks submissions to one exercise: reads, builds and runs them in containers of their own and judges the runs.
public struct Grader: Sendable {
  /// What is asked for.
  public let exercise: Exercise
  /// How submissions are built and started.
  public let language: any Language
  let executor: any Executor
  /// How the repetitions of a scenario differ.
  public let settings: any RunSettingsSource

  /// A grader.
  /// - Parameters:
  ///   - exercise: what is asked for.
  ///   - language: how submissions are built and started.
  ///   - executor: makes the containers.
  ///   - settings: says how the repetitions of a scenario differ.
  public init(
    exercise: Exercise, language: any Language, executor: any Executor,
    settings: any RunSettingsSource = SeededSettings()
  ) {
    self.exercise = exercise
    self.language = language
    self.executor = executor
    self.settings = settings
  }

  /// Marks one submission.
  ///
  /// Whatever is wrong with the submission, the harness or the machine becomes part of the report.
  /// - Parameter reference: where it is.
  /// - Returns: what became of it.
  /// - Throws: `CancellationError` when the task was cancelled before the submission was marked.
  public func grade(_ reference: SubmissionReference) async throws(CancellationError) -> SubmissionReport {
    let start = ContinuousClock.now
    var report: SubmissionReport
    do {
      report = try await mark(reference)
    } catch let problem as SubmissionProblem {
      report = SubmissionReport(id: reference.id, exercise: exercise, notRun: problem.finding)
    } catch {
      // The one place in which a failure of the harness or the machine becomes a verdict.
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      report = SubmissionReport(id: reference.id, exercise: exercise, failure: error)
    }
    report.duration = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private func mark(_ reference: SubmissionReference) async throws -> SubmissionReport {
    let submission = try await read(reference)
    let program = language.prepare(submission)
    let notes = submission.notes + program.notes
    return try await withContainer { container in
      if let finding = try await build(program, in: container) {
        return SubmissionReport(id: submission.id, exercise: exercise, notRun: finding, notes: notes)
      }
      let runs = try await runs(of: program, in: container)
      return SubmissionReport(id: submission.id, exercise: exercise, runs: runs, notes: notes)
    }
  }

  private func read(_ reference: SubmissionReference) async throws -> Submission {
    let (entry, language) = (exercise.entry, language)
    return try await onThreadOfItsOwn { try Submission.read(reference, entry: entry, language: language) }
  }

  private func withContainer<Value>(_ body: (any Container) async throws -> Value) async throws -> Value {
    let configuration = ContainerConfiguration(
      readable: language.readable, network: exercise.network, diskSpace: exercise.limits.diskSpace,
      sharesMemory: exercise.limits.processes != 0)
    let container = try await executor.makeContainer(configuration)
    do {
      let value = try await body(container)
      await container.close()
      return value
    } catch {
      await container.close()
      throw error
    }
  }

  private func build(_ program: Program, in container: any Container) async throws -> Finding? {
    guard let step = program.build else { return nil }
    let result = try await container.run(
      step.command, files: step.files, limits: step.limits,
      observation: Observation(countsBirths: false, detectsDeadlock: false))
    try result.requireStart(of: step.command)
    return try step.judge(result)
  }

  /// All runs of the plan; after a first run that a limit ended, a scenario is given up.
  private func runs(of program: Program, in container: any Container) async throws -> [Run] {
    var runs: [Run] = []
    var givenUp: Set<String> = []
    let plan = Plan(for: exercise, varying: settings, by: language.variations)
    for step in plan.steps where !givenUp.contains(step.scenario.id) {
      let run = try await run(step, of: program, in: container)
      runs.append(run)
      if step.attempt == 1, run.result.termination.isEndByLimit { givenUp.insert(step.scenario.id) }
    }
    return runs
  }

  /// A pool replaces its muted workers without end, and whoever waits for them waits in vain: neither needs long.
  private func limits(of step: Plan.Step) -> Limits {
    var limits = step.settings.applied(to: exercise.limits)
    if step.mode == .muted {
      limits.wallTime = min(limits.wallTime, .seconds(5))
      limits.births = 64
    }
    return limits
  }

  /// The one place that runs a submission; whoever needs CPUs alone leases them here.
  private func run(_ step: Plan.Step, of program: Program, in container: any Container) async throws -> Run {
    try Task.checkCancellation()
    let command = step.settings.applied(to: program.command(for: step.scenario, mode: step.mode))
    let result = try await container.run(
      command, files: program.files, limits: limits(of: step),
      observation: Observation(isStretched: step.mode == .stretched, isMuted: step.mode == .muted))
    try result.requireStart(of: command, studentFile: program.startsStudentFile ? program.name : nil)
    return Run(
      scenario: step.scenario.id, attempt: step.attempt, mode: step.mode, settings: step.settings,
      result: result, trace: Trace(result: result, programName: program.name))
  }
}

extension ExecutionResult {
  /// Throws where there was no run to judge.
  fileprivate func requireStart(of command: Command, studentFile: String? = nil) throws {
    switch termination {
    case .cancelled: throw CancellationError()
    case .notStarted(let stage, let errno):
      let isUnfit = [ENOENT, ENOEXEC, EACCES, ELIBBAD].contains(errno) && stage.contains("exec")
      if let studentFile, isUnfit {
        throw SubmissionProblem.cannotStart(studentFile, reason: String(cString: strerror(errno)))
      }
      throw SandboxError.systemCall("Starting \(command.executable)", call: stage, errno: errno)
    default: break
    }
  }
}

extension TerminationStatus {
  /// Whether a further run would most likely wait for the same end.
  var isEndByLimit: Bool {
    switch self {
    case .wallTimeLimit, .cpuTimeLimit, .memoryLimit, .outputLimit, .diskSpaceLimit, .birthLimit, .taskLimit, .deadlock,
      .stopped:
      true
    case .exited, .signaled, .fileSizeLimit, .disallowedCall, .notStarted, .cancelled: false
    }
  }
}
