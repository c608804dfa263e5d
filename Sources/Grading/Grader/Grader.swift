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
  /// Lends the CPUs that runs use.
  let ledger: CPULedger
  /// Measures what CPUs give.
  let spin: @Sendable (_ cpus: [Int], _ first: Int, _ span: Duration) async throws -> Spinner.Sample

  /// A grader.
  /// - Parameters:
  ///   - exercise: what is asked for.
  ///   - language: how submissions are built and started.
  ///   - executor: makes the containers.
  ///   - settings: says how the repetitions of a scenario differ.
  ///   - ledger: lends the CPUs; one for all that is marked at the same time.
  ///   - spin: measures what CPUs give, given their numbers, the index of the one that works alone and how long.
  public init(
    exercise: Exercise, language: any Language, executor: any Executor,
    settings: any RunSettingsSource = SeededSettings(), ledger: CPULedger = CPULedger(.current),
    spin: @escaping @Sendable (_ cpus: [Int], _ first: Int, _ span: Duration) async throws -> Spinner.Sample = Self
      .spinner
  ) {
    self.exercise = exercise
    self.language = language
    self.executor = executor
    self.settings = settings
    self.ledger = ledger
    self.spin = spin
  }

  /// The real spinner, on a thread of its own.
  public static let spinner: @Sendable ([Int], Int, Duration) async throws -> Spinner.Sample = { cpus, first, span in
    try await onThreadOfItsOwn { try Spinner.sample(cpus: cpus, first: first, span: span) }
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
    let program = language.prepare(submission).with(exercise.given)
    let notes = submission.notes + program.notes
    return try await withPlace { place in
      if let finding = try await build(program, in: place.container) {
        return SubmissionReport(id: submission.id, exercise: exercise, notRun: finding, notes: notes)
      }
      let runs = try await runs(of: program, at: place)
      let measurements = try await measurements(of: program, at: place, after: runs)
      return SubmissionReport(
        id: submission.id, exercise: exercise, runs: runs, measurements: measurements, notes: notes)
    }
  }

  private func read(_ reference: SubmissionReference) async throws -> Submission {
    let (entry, language) = (exercise.entry, language)
    return try await onThreadOfItsOwn { try Submission.read(reference, entry: entry, language: language) }
  }

  /// Where a submission is run: its container, and the server beside it where the exercise has one.
  private func withPlace<Value>(_ body: (RunPlace) async throws -> Value) async throws -> Value {
    guard let server = exercise.server else {
      return try await withContainer(readable: []) { try await body(RunPlace(container: $0)) }
    }
    return try await ServerFolder.with { folder in
      try await withContainer(readable: [folder.path], hasListener: server.hasPort) { container in
        let host = ServerHost(
          server, in: folder, at: container.listener, language: language, executor: executor)
        return try await host.during { try await body(RunPlace(container: container, environment: host.environment)) }
      }
    }
  }

  private func withContainer<Value>(
    readable: [String], hasListener: Bool = false, _ body: (any Container) async throws -> Value
  ) async throws -> Value {
    let configuration = ContainerConfiguration(
      readable: language.readable + readable, network: exercise.network, diskSpace: exercise.limits.diskSpace,
      sharesMemory: exercise.limits.processes != 0, hasListener: hasListener)
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
    let result = try await ledger.sharing { lease in
      try await container.run(
        step.command.on(lease), files: step.files, limits: step.limits,
        observation: Observation(countsBirths: false, detectsDeadlock: false))
    }
    try result.requireStart(of: step.command)
    return try step.judge(result)
  }

  /// All runs of the plan; after a first run that a limit ended, a scenario is given up.
  private func runs(of program: Program, at place: RunPlace) async throws -> [Run] {
    var runs: [Run] = []
    var givenUp: Set<String> = []
    let plan = Plan(for: exercise, varying: settings, by: language.variations)
    for step in plan.steps where !givenUp.contains(step.scenario.id) {
      let run = try await run(step, of: program, at: place)
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

  private func run(_ step: Plan.Step, of program: Program, at place: RunPlace) async throws -> Run {
    var observation = step.mode.observation
    observation.hasServer = exercise.server != nil
    return try await ledger.sharing { lease in
      try await execute(
        step, of: program, at: place, seed: Scenario.plainSeed(attempt: step.attempt), lease: lease,
        observation: observation)
    }
  }

  /// The one place that runs a submission, on CPUs that were leased.
  func execute(
    _ step: Plan.Step, of program: Program, at place: RunPlace, seed: Int, lease: CPULedger.Lease,
    observation: Observation
  ) async throws -> Run {
    try Task.checkCancellation()
    let program = exercise.program(of: step.scenario, language: language) ?? program
    let plain = program.command(for: step.scenario.with(seed: seed), mode: step.mode).on(lease)
    var command = step.settings.applied(to: plain)
    command.environment.merge(place.environment) { $1 }
    let result = try await place.container.run(
      command, files: program.files, limits: limits(of: step), observation: observation)
    try result.requireStart(of: command, studentFile: program.startsStudentFile ? program.name : nil)
    return Run(
      scenario: step.scenario.id, attempt: step.attempt, mode: step.mode, settings: step.settings,
      isFreeThreaded: language.isFreeThreaded, result: result,
      trace: Trace(result: result, programName: program.name, files: program.files))
  }
}

extension RunMode {
  /// What is watched in a run of this mode; nobody asks what muted threads did.
  fileprivate var observation: Observation {
    Observation(
      isStretched: self == .stretched, isMuted: self == .muted, accountsTasks: self != .muted,
      tracesStates: self != .muted)
  }
}

/// Where a submission is run.
struct RunPlace: Sendable {
  /// Its container.
  let container: any Container
  /// What its runs' environment has beside the language's.
  var environment: [String: String] = [:]
}

extension Command {
  /// The command on the CPUs of a lease; not pinned where these are all there are.
  fileprivate func on(_ lease: CPULedger.Lease) -> Command {
    var command = self
    command.cpus = lease.isWholeMachine ? nil : Set(lease.cpus)
    return command
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
