public import Foundation

/// Everything about what was graded, as a value; reporters are pure functions of it.
public struct Report: Sendable, Equatable, Codable {
  /// The version of threadmark that marked.
  public var version: String
  /// When marking began.
  public var started: Date
  /// The exercise's id.
  public var exercise: String
  /// The exercise's title.
  public var title: String
  /// The points that can be had.
  public var maximumPoints: Int
  /// What the submissions were run by and on.
  public var machine: Machine
  /// One for each submission, in the order of their ids.
  public var submissions: [SubmissionReport]
  /// Whether marking was broken off before every submission was marked.
  public var isInterrupted: Bool
  /// What the settings of the repetitions were derived from; given again, it repeats them.
  public var seed: UInt64?

  /// What the submissions were run by and on.
  public struct Machine: Sendable, Equatable, Codable {
    /// The isolation tier, such as `B`.
    public var tier: String
    /// The tier in words.
    public var tierTitle: String
    /// The program that ran the submissions, such as the interpreter's real path.
    public var interpreter: String
    /// Its version, such as `Python 3.11.7`.
    public var interpreterVersion: String
    /// The kernel's name and release.
    public var kernel: String
    /// How many CPUs the harness may use.
    public var cpus: Int

    /// What the submissions were run by and on.
    public init(
      tier: String, tierTitle: String, interpreter: String, interpreterVersion: String, kernel: String, cpus: Int
    ) {
      self.tier = tier
      self.tierTitle = tierTitle
      self.interpreter = interpreter
      self.interpreterVersion = interpreterVersion
      self.kernel = kernel
      self.cpus = cpus
    }
  }

  /// A report.
  public init(
    version: String, started: Date, exercise: String, title: String, maximumPoints: Int, machine: Machine,
    submissions: [SubmissionReport] = [], isInterrupted: Bool = false, seed: UInt64? = nil
  ) {
    self.version = version
    self.started = started
    self.exercise = exercise
    self.title = title
    self.maximumPoints = maximumPoints
    self.machine = machine
    self.submissions = submissions
    self.isInterrupted = isInterrupted
    self.seed = seed
  }
}

/// What became of one submission.
public struct SubmissionReport: Sendable, Equatable, Codable {
  /// The submission's id: its folder's or file's name; student data.
  public var id: String
  /// The judgement on the whole.
  public var verdict: Verdict
  /// The points earned.
  public var points: Int
  /// The points that can be had.
  public var maximumPoints: Int
  /// One for each check of the exercise, in its order.
  public var checks: [CheckReport]
  /// What the student or teacher should know, though it costs nothing: names that shadow, files left out.
  public var notes: [String]
  /// Seconds it took to mark.
  public var duration: Double

  /// What became of one submission.
  public init(
    id: String, verdict: Verdict, points: Int, maximumPoints: Int, checks: [CheckReport], notes: [String] = [],
    duration: Double
  ) {
    self.id = id
    self.verdict = verdict
    self.points = points
    self.maximumPoints = maximumPoints
    self.checks = checks
    self.notes = notes
    self.duration = duration
  }
}

/// What one check concluded on one submission.
public struct CheckReport: Sendable, Equatable, Codable {
  /// The check's id.
  public var id: String
  /// What it is about.
  public var title: String
  /// The kind of check, such as `order`.
  public var kind: String
  /// How it went.
  public var status: Status
  /// The points earned.
  public var points: Int
  /// The points that can be had.
  public var maximumPoints: Int
  /// What is wrong, the most telling first.
  public var findings: [Finding]
  /// What shows that it passed, or why it was skipped or is an error.
  public var evidence: [String]
  /// How often the scenario was run for it.
  public var attempts: Int
  /// In how many of these something was wrong.
  public var failedAttempts: Int
  /// Seconds its runs took.
  public var duration: Double
  /// Standard output of the most telling run, head and tail kept; student data.
  public var output: String
  /// Standard error of the most telling run, head and tail kept; student data.
  public var errors: String
  /// What was varied on purpose in the most telling run; nil where nothing was.
  public var settings: RunSettings?
  /// What was measured, where this is a check of speedup.
  public var speedup: SpeedupReport?
  /// What the threads of the most telling run did, where the check failed; also where nothing failed, for one check.
  public var timeline: Timeline?

  /// How a check went.
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// All it asks for holds.
    case passed
    /// The submission fails it.
    case failed
    /// Nothing could be said.
    case skipped
    /// The harness or the machine failed.
    case error
  }

  /// What one check concluded.
  public init(
    id: String, title: String, kind: String, status: Status, points: Int, maximumPoints: Int,
    findings: [Finding] = [], evidence: [String] = [], attempts: Int = 1, failedAttempts: Int = 0,
    duration: Double = 0, output: String = "", errors: String = "", settings: RunSettings? = nil,
    speedup: SpeedupReport? = nil, timeline: Timeline? = nil
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.status = status
    self.points = points
    self.maximumPoints = maximumPoints
    self.findings = findings
    self.evidence = evidence
    self.attempts = attempts
    self.failedAttempts = failedAttempts
    self.duration = duration
    self.output = output
    self.errors = errors
    self.settings = settings
    self.speedup = speedup
    self.timeline = timeline
  }
}
