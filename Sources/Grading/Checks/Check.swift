/// A judgement on the runs of a scenario: pure, it sees values and gives values.
public protocol Check: Sendable {
  /// The name of this kind of check in `exercise.yaml`.
  static var name: String { get }

  /// Whether the scenario must also be run stretched for this check.
  var needsStretchedRun: Bool { get }

  /// Whether the scenario must also be run with threads and workers that do nothing.
  var needsMutedRun: Bool { get }

  /// Judges all runs of one scenario, in every mode.
  /// - Parameter runs: at least one.
  /// - Returns: what is wrong, or why nothing can be said, or nothing at all.
  func judge(_ runs: [Run]) -> CheckOutcome

  /// Judges one of several runs by what can be asked of it alone; tells a program that fails now and then.
  /// - Parameter run: one run.
  /// - Returns: what is wrong in it.
  func judge(alone run: Run) -> CheckOutcome
}

extension Check {
  /// Most checks need none.
  public var needsMutedRun: Bool { false }

  /// Most checks ask the same of one run as of several.
  public func judge(alone run: Run) -> CheckOutcome { judge([run]) }
}

/// What a check concluded.
public enum CheckOutcome: Sendable, Equatable {
  /// Everything the check asks for holds; the evidence in one line each, such as "2 threads alive together".
  case passed(evidence: [String])
  /// At least one finding.
  case failed([Finding])
  /// Nothing can be said here, and why; never a failure.
  case skipped(String)
}

/// A check as an exercise asks for it.
public struct CheckSpecification: Sendable {
  /// The id, unique in its exercise, also the name of its test case in reports.
  public var id: String
  /// What it is about, for people.
  public var title: String
  /// What passing it earns.
  public var points: Int
  /// The scenario whose runs it judges.
  public var scenario: String
  /// The judgement.
  public var check: any Check
  /// What runs did that fail it now and then, such as `lost updates`; nil where the verdict says it.
  public var fault: String?

  /// A check as an exercise asks for it.
  public init(id: String, title: String, points: Int, scenario: String, check: any Check, fault: String? = nil) {
    self.id = id
    self.title = title
    self.points = points
    self.scenario = scenario
    self.check = check
    self.fault = fault
  }
}
