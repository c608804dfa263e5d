import Sandboxing

extension Grader {
  /// Measures what the checks of speedup ask for, each plan once.
  /// - Parameters:
  ///   - program: the submission.
  ///   - place: where it is run.
  ///   - runs: its correctness runs: only a program that is right is timed.
  /// - Returns: what came of each plan.
  /// - Throws: what running throws; never for what the program did.
  func measurements(
    of program: Program, at place: RunPlace, after runs: [Run]
  ) async throws -> [SpeedupPlan: SpeedupMeasurement] {
    let checks = exercise.checks.compactMap { $0.check as? SpeedupCheck }
    var measurements: [SpeedupPlan: SpeedupMeasurement] = [:]
    for plan in checks.map(\.plan) where measurements[plan] == nil {
      if let obstacle = obstacle(in: runs) {
        measurements[plan] = SpeedupMeasurement(plan: plan, scenarios: exercise.scenarios, usable: 0)
        measurements[plan]?.obstacle = obstacle
      } else {
        measurements[plan] = try await measure(plan, checks.filter { $0.plan == plan }, of: program, at: place)
      }
    }
    return measurements
  }

  /// What a program must do right before it is worth timing.
  private func obstacle(in runs: [Run]) -> SpeedupMeasurement.Obstacle? {
    for specification in exercise.checks where !(specification.check is SpeedupCheck) {
      let own = runs.filter { $0.scenario == specification.scenario }
      guard case .failed(let findings) = specification.check.judge(own) else { continue }
      if findings.contains(where: { $0.verdict != .notConcurrent }) {
        return .program("The speedup was not measured: the program must first pass the check \(specification.id).")
      }
    }
    return nil
  }

  private func measure(
    _ plan: SpeedupPlan, _ checks: [SpeedupCheck], of program: Program, at place: RunPlace
  ) async throws -> SpeedupMeasurement {
    let workers = plan.variants.compactMap { id in exercise.scenarios.first { $0.id == id }?.workerCount }.max() ?? 1
    return try await ledger.alone(plan.kind == .cpu ? workers : 1) { lease in
      let session = SpeedupSession(
        plan: plan, checks: checks, scenarios: exercise.scenarios, topology: ledger.topology, cpus: lease.cpus,
        surroundings: surroundings(of: program, at: place, lease: lease))
      var measurement = try await session.measure()
      measurement.hasGlobalLock = type(of: language).name == Python.name && !language.isFreeThreaded
      return measurement
    }
  }

  private func surroundings(
    of program: Program, at place: RunPlace, lease: CPULedger.Lease
  ) -> SpeedupSession.Surroundings {
    let observation = Observation(
      accountsTasks: true, notesSurroundings: true, goesFirst: true, hasServer: exercise.server != nil)
    let pinned = CPULedger.Lease(cpus: lease.cpus, isWholeMachine: false)
    return SpeedupSession.Surroundings(
      run: { scenario, seed in
        try await execute(
          Plan.Step(scenario: scenario, attempt: 1), of: program, at: place, seed: seed, lease: pinned,
          observation: observation)
      },
      runEmpty: {
        guard let empty = language.emptyProgram else { return nil }
        return try await execute(
          Plan.Step(scenario: Scenario(id: TimedRun.startUp), attempt: 1), of: empty, at: place, seed: 0, lease: pinned,
          observation: observation)
      },
      spin: spin, clock: CPUFrequency.fastest, busy: CPUTimes.busy)
  }
}
