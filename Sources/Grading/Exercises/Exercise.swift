public import Sandboxing

/// What students solve: one folder with `exercise.yaml`, statement, starter and reference submissions.
public struct Exercise: Sendable {
  /// The folder's name: lower-case letters, digits and hyphens.
  public var id: String
  /// The absolute path of its folder.
  public var folder: String
  /// What it is called.
  public var title: String
  /// The language submissions are written in, an id of the language catalogue.
  public var language: String
  /// The file name that a submission's program has.
  public var entry: String
  /// What each run may use.
  public var limits: Limits
  /// What programs can reach over the network.
  public var network: NetworkAccess
  /// The ways to run a submission, in order.
  public var scenarios: [Scenario]
  /// The judgements, in order.
  public var checks: [CheckSpecification]
  /// Programs of the exercise's own, by their file names: what is in them.
  public var programs: [String: [UInt8]]
  /// Files that every program finds beside it, by their names: what is in them.
  public var given: [String: [UInt8]]
  /// What serves every run; nil where there is none.
  public var server: ExerciseServer?

  /// The sum of all checks' points.
  public var maximumPoints: Int { checks.reduce(0) { $0 + $1.points } }

  /// An exercise.
  public init(
    id: String, folder: String, title: String, language: String, entry: String, limits: Limits = Limits(),
    network: NetworkAccess = .none, scenarios: [Scenario], checks: [CheckSpecification],
    programs: [String: [UInt8]] = [:], given: [String: [UInt8]] = [:], server: ExerciseServer? = nil
  ) {
    self.id = id
    self.folder = folder
    self.title = title
    self.language = language
    self.entry = entry
    self.limits = limits
    self.network = network
    self.scenarios = scenarios
    self.checks = checks
    self.programs = programs
    self.given = given
    self.server = server
  }
}

/// One way to run a submission.
public struct Scenario: Sendable, Equatable {
  /// The id, unique in its exercise.
  public var id: String
  /// The program's arguments.
  public var arguments: [String]
  /// What it reads on standard input.
  public var input: String
  /// How many plain runs there are, at least 1.
  public var repetitions: Int
  /// How many threads or processes it works with; nil where the exercise does not say.
  public var workers: Int?
  /// The exercise's own program that is run instead of the student's; nil for the student's.
  public var program: String?

  /// A scenario.
  public init(
    id: String, arguments: [String] = [], input: String = "", repetitions: Int = 1, workers: Int? = nil,
    program: String? = nil
  ) {
    self.id = id
    self.arguments = arguments
    self.input = input
    self.repetitions = repetitions
    self.workers = workers
    self.program = program
  }
}
