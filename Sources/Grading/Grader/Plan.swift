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
    /// What is varied in it.
    public var settings: RunSettings

    /// One run to be made.
    public init(scenario: Scenario, attempt: Int, mode: RunMode = .plain, settings: RunSettings = .plain) {
      self.scenario = scenario
      self.attempt = attempt
      self.mode = mode
      self.settings = settings
    }
  }

  /// The repetitions of every scenario that a check judges, and a stretched or muted run where a check needs one.
  /// - Parameters:
  ///   - exercise: what is asked for.
  ///   - settings: says how the repetitions differ; nil where all are plain.
  ///   - variations: what can be varied in the exercise's language.
  public init(
    for exercise: Exercise, varying settings: (any RunSettingsSource)? = nil, by variations: RunVariations = []
  ) {
    steps = exercise.scenarios.flatMap { scenario -> [Step] in
      // Scenarios that are only timed are run when they are.
      let checks = exercise.checks.filter { $0.scenario == scenario.id }.map(\.check).filter { !($0 is SpeedupCheck) }
      if checks.isEmpty { return [] }
      let plain = (1...max(1, scenario.repetitions)).map { attempt in
        let varied = settings?.settings(scenario: scenario.id, attempt: attempt).restricted(to: variations)
        return Step(scenario: scenario, attempt: attempt, settings: varied ?? .plain)
      }
      let special: [RunMode] =
        (checks.contains(where: \.needsStretchedRun) ? [.stretched] : [])
        + (checks.contains(where: \.needsMutedRun) ? [.muted] : [])
      return plain + special.map { Step(scenario: scenario, attempt: 1, mode: $0) }
    }
  }
}
