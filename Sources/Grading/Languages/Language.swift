public import Sandboxing

/// How programs of one language are built and started.
public protocol Language: Sendable {
  /// Its name in `exercise.yaml`.
  static var name: String { get }

  /// The endings of its files' names, without the dot.
  var fileExtensions: [String] { get }

  /// The most bytes that a program may have.
  var maximumProgramSize: Int { get }

  /// What runs the programs, such as the interpreter's real path.
  var interpreter: String { get }

  /// The version of what runs them, such as `Python 3.11.7`.
  var interpreterVersion: String { get }

  /// Whether it is a Python without the global lock, whose threads can compute at the same time.
  var isFreeThreaded: Bool { get }

  /// Files and folders of the machine that programs need to see, beyond the system's own.
  var readable: [String] { get }

  /// What can be varied in its programs from run to run.
  var variations: RunVariations { get }

  /// A program that does nothing, started like any other; nil where there is none.
  var emptyProgram: Program? { get }

  /// Looks at a program before anything is run.
  /// - Parameter program: the file that would be run.
  /// - Throws: `SubmissionProblem` when it can already be seen that it cannot be run.
  func inspect(_ program: SubmittedFile) throws(SubmissionProblem)

  /// Lays out a submission for its container.
  /// - Parameter submission: what was handed in.
  /// - Returns: how to build and run it.
  func prepare(_ submission: Submission) -> Program
}

extension Language {
  /// Most programs cannot be told how to share their CPUs.
  public var variations: RunVariations { [] }

  /// Python with its lock, and languages that never had one.
  public var isFreeThreaded: Bool { false }

  /// Most languages have none.
  public var emptyProgram: Program? { nil }
}

/// A submission laid out for its container: which files go where and how it is started.
public struct Program: Sendable {
  /// What the student calls it, made visible.
  public var name: String
  /// What is put into the container before each run.
  public var files: [ContainerFile]
  /// The absolute path of what is started, as the container sees it.
  public var executable: String
  /// The arguments before the scenario's own.
  public var arguments: [String]
  /// The environment of every run.
  public var environment: [String: String]
  /// The folder it starts in.
  public var workingDirectory: String
  /// What has to be done, and to succeed, before the first run; nil where there is nothing to build.
  public var build: BuildStep?
  /// What the student or teacher should know.
  public var notes: [String]
  /// What stretched and muted runs have in their environment beside that.
  public var gateEnvironment: [String: String]
  /// Whether the file that is started is the student's own, so that its not starting is the student's to mend.
  public var startsStudentFile: Bool

  /// A laid out submission.
  public init(
    name: String, files: [ContainerFile], executable: String, arguments: [String] = [],
    environment: [String: String] = [:], workingDirectory: String = ContainerConfiguration.workFolder,
    build: BuildStep? = nil, notes: [String] = [], gateEnvironment: [String: String] = [:],
    startsStudentFile: Bool = false
  ) {
    self.name = name
    self.files = files
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.build = build
    self.notes = notes
    self.gateEnvironment = gateEnvironment
    self.startsStudentFile = startsStudentFile
  }

  /// The command for one run.
  func command(for scenario: Scenario, mode: RunMode) -> Command {
    var environment = environment
    if mode != .plain {
      environment["THREADMARK_STRETCH"] = "1"
      environment.merge(gateEnvironment) { $1 }
    }
    return Command(
      executable: executable, arguments: arguments + scenario.arguments, environment: environment,
      workingDirectory: workingDirectory,
      standardInput: scenario.input.isEmpty ? .empty : .bytes(Array(scenario.input.utf8)))
  }
}

/// A command that has to succeed before a program is run, in the same container.
public struct BuildStep: Sendable {
  /// What is run.
  public var command: Command
  /// What is put into the container for it.
  public var files: [ContainerFile]
  /// How much it may use.
  public var limits: Limits
  /// Says from the result what is wrong with the program, if anything.
  public var judge: @Sendable (ExecutionResult) throws(BuildError) -> Finding?

  /// A step.
  public init(
    command: Command, files: [ContainerFile], limits: Limits,
    judge: @escaping @Sendable (ExecutionResult) throws(BuildError) -> Finding?
  ) {
    self.command = command
    self.files = files
    self.limits = limits
    self.judge = judge
  }
}

/// A build step that failed for no reason of the program's.
public struct BuildError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A full sentence.
  public var description: String

  /// A failure in words.
  public init(_ description: String) { self.description = description }
}
