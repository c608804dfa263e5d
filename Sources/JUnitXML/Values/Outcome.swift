/// How a test case ended: exactly one of passed, failed, errored and skipped.
public enum Outcome: Sendable, Hashable {
  /// It passed, perhaps after attempts that failed; a flaky pass counts as a pass.
  case passed(flakyFailures: [FailedAttempt])
  /// It failed, as the first failing attempt did: `rerunFailures` when all attempts failed, else `flakyFailures`.
  case failure(Failure, rerunFailures: [FailedAttempt] = [], flakyFailures: [FailedAttempt] = [])
  /// The harness or the machine failed; says nothing about the program.
  case error(Explanation)
  /// Nothing could be said, for this reason.
  case skipped(Explanation)

  /// It passed at once.
  public static var passed: Outcome { .passed(flakyFailures: []) }

  /// How many other failed attempts of each kind a report tells of.
  public static let attemptLimit = 5

  /// The same outcome with no more than five attempts of each kind.
  var limited: Outcome {
    switch self {
    case .passed(let flaky): .passed(flakyFailures: Outcome.first(flaky))
    case .failure(let failure, let rerun, let flaky):
      .failure(failure, rerunFailures: Outcome.first(rerun), flakyFailures: Outcome.first(flaky))
    case .error, .skipped: self
    }
  }

  private static func first(_ attempts: [FailedAttempt]) -> [FailedAttempt] {
    Array(attempts.prefix(attemptLimit))
  }
}
