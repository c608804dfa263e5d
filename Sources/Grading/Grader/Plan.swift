/// The runs that marking one submission takes, in order.
public struct Plan: Sendable, Equatable {
  /// The runs, scenario by scenario, plain ones first.
  public var steps: [Step]

  /// One run to be made.
  public struct Step: Sendable, Equatable {
    /// What is run.
    public var scenario: Scenario
    /// Which repetition this is, from 1; the runs of each mode are numbered by themselves.
    public var attempt: Int
    /// What is done with its threads and workers.
    public var mode: RunMode

    /// One run to be made.
    public init(scenario: Scenario, attempt: Int, mode: RunMode = .plain) {
      self.scenario = scenario
      self.attempt = attempt
      self.mode = mode
    }
  }

  /// The repetitions of every scenario that a check judges, and a stretched or muted run where a check needs one.
  /// - Parameter exercise: what is asked for.
  public init(for exercise: Exercise) {
    steps = exercise.scenarios.flatMap { scenario -> [Step] in
      // Scenarios that are only timed are run when they are.
      let checks = exercise.checks.filter { $0.scenario == scenario.id }.map(\.check).filter { !($0 is SpeedupCheck) }
      if checks.isEmpty { return [] }
      let plain = (1...max(1, scenario.repetitions)).map { Step(scenario: scenario, attempt: $0) }
      let special: [RunMode] =
        (checks.contains(where: \.needsStretchedRun) ? [.stretched] : [])
        + (checks.contains(where: \.needsMutedRun) ? [.muted] : [])
      return plain + special.map { Step(scenario: scenario, attempt: 1, mode: $0) }
    }
  }
}
