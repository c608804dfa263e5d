import Foundation
import Sandboxing

/// Measures one plan on leased CPUs: pairs of runs, alternately, until every check's question is answered or time is up.
struct SpeedupSession: Sendable {
  let plan: SpeedupPlan
  /// The checks whose questions are to be answered.
  let checks: [SpeedupCheck]
  let scenarios: [Scenario]
  let topology: CPUTopology
  /// The CPUs that are leased.
  let cpus: [Int]
  let surroundings: Surroundings

  /// What the session asks of the world; tests answer themselves.
  struct Surroundings: Sendable {
    /// Runs a scenario with the data of a seed on some CPUs.
    var run: @Sendable (_ scenario: Scenario, _ seed: Int, _ cpus: [Int]) async throws -> Run
    /// Runs an empty program; nil where the language has none.
    var runEmpty: @Sendable (_ cpus: [Int]) async throws -> Run?
    /// Measures what the CPUs give, the one with this index working alone.
    var spin: @Sendable (_ cpus: [Int], _ first: Int) async throws -> Spinner.Sample
    /// How fast the fastest of the CPUs' clocks runs now, in MHz; nil where nothing tells.
    var clock: @Sendable (_ cpus: [Int]) -> Double? = { _ in nil }
    /// A seed that nobody could know beforehand.
    var seed: @Sendable () -> Int = { Int.random(in: Scenario.seeds) }
  }

  /// The part of a run that others may have taken at most; else it is repeated.
  ///
  /// What they may have taken is never held for or against a program anyway, and is far more than they did where tasks hand
  /// over to each other; with too much of it a pair of runs decides nothing. So a quiet moment is waited for, but not for
  /// ever. Waiting is lengthened by so little that most of a run may be lost.
  private func mostDisturbance(after setAside: Int) -> Double {
    plan.kind == .cpu && setAside < Self.patience ? 0.3 : 0.6
  }
  /// After so many runs that were set aside the surroundings are taken to stay as they are.
  private static let patience = 4
  /// The same for runs of which it is known exactly what others took.
  private static let mostExactLoss = 0.7
  static let firstSamples = 6
  private static let preference = 0.9
  /// The speedup that the CPUs must give beyond the threshold for it to be worth trying.
  private static let headroom = 1.04

  /// Measures.
  /// - Throws: what running throws; never for what the program did.
  func measure() async throws -> SpeedupMeasurement {
    var state = State(measurement: SpeedupMeasurement(plan: plan, scenarios: scenarios, usable: topology.usable))
    state.measurement.cpus = cpus
    guard try await chooseBaseline(&state) else { return state.measurement }
    if let reason = unfitMachine() {
      state.measurement.obstacle = .machine(reason)
      return state.measurement
    }
    try await measureStartUp(&state)
    guard try await calibrate(&state) else { return state.measurement }
    while try await measurePair(&state) {}
    return state.measurement
  }

  private struct State {
    var measurement: SpeedupMeasurement
    /// Seconds used so far.
    var used = 0.0
    /// Seconds that the last pair took.
    var lastPair = 0.0
    var spins = 0
    /// The least that an empty program took; what it takes is between this and this without disturbance.
    var startUp: TimedSpan?
  }

  /// Why this machine can't show a speedup at all.
  private func unfitMachine() -> String? {
    guard plan.kind == .cpu else { return nil }
    if topology.cpus.count < 2 { return "A speedup can't be shown here: there is only one usable CPU." }
    if topology.usable < 1.5 {
      return "A speedup can't be shown here: the control group allows only \(Self.text(topology.usable)) CPUs."
    }
    return nil
  }

  // MARK: The machine

  private func measureStartUp(_ state: inout State) async throws {
    for _ in 0..<3 {
      guard let run = try await surroundings.runEmpty(cpus) else { return }
      let line = timed(run, pair: 0, scenario: TimedRun.startUp, workers: 1, seed: 0, in: state.measurement)
      state.used += line.wall
      state.measurement.runs.append(line)
    }
    state.startUp = TimedRun.startUp(in: state.measurement.runs)
    state.measurement.startUp = state.startUp?.undisturbed ?? 0
  }

  /// Finds out what the CPUs give; false where that can't be the speedup that is asked for.
  private func calibrate(_ state: inout State) async throws -> Bool {
    guard plan.kind == .cpu else { return true }
    for _ in 0..<Self.firstSamples { try await spin(&state) }
    let given = state.measurement.attainable.median
    let asked = checks.filter { !$0.isUpperLimit }.map { $0.limit(in: state.measurement).lowerBound }
    guard let least = asked.min() else { return true }
    if given < Self.headroom * least || (given < 1.2 && !asked.isEmpty) {
      state.measurement.obstacle = .machine(
        "The speedup can't be shown here now: \(cpus.count) CPUs give work that is perfectly parallel only "
          + "\(Self.text(given)) times; at least \(Self.text(least)) times is asked for.")
      return false
    }
    let scaled = checks.filter { $0.dependsOnMachine && !$0.isUpperLimit }
    if scaled.contains(where: { $0.limit(in: state.measurement).lowerBound <= 1 }) {
      state.measurement.obstacle = .machine(
        "The speedup can't be judged here now: \(cpus.count) CPUs give work that is perfectly parallel "
          + "\(Self.text(given)) times, so that only \(Self.text(least)) times is asked for, and a program without "
          + "parallelism reaches that.")
      return false
    }
    return true
  }

  private func spin(_ state: inout State) async throws {
    let sample = try await surroundings.spin(cpus, state.spins)
    state.spins += 1
    state.used += sample.alone + sample.together
    // A quota may not have stopped so short a sample yet.
    state.measurement.attainable.append(min(sample.speedup, topology.usable))
    for id in plan.variants { state.measurement.evidence[id]?.add(control: sample.speedup) }
  }

  // MARK: The program

  /// Runs everything once, compares what is printed, and takes the fastest baseline; false where that ends the matter.
  private func chooseBaseline(_ state: inout State) async throws -> Bool {
    let seed = surroundings.seed()
    var outputs: [(scenario: Scenario, run: Run)] = []
    var fastest: (id: String, wall: Double)?
    for id in plan.baselines + plan.variants {
      guard let scenario = scenario(id) else { continue }
      let (run, line) = try await run(scenario, seed: seed, pair: 0, in: state.measurement)
      let wall = line.wall - (line.lost ?? 0)
      state.used += line.wall
      state.measurement.runs.append(line)
      outputs.append((scenario, run))
      if let findings = TimedOutput.problems(in: outputs) {
        state.measurement.obstacle = .wrong(findings)
        return false
      }
      // The exercise's own program takes part as if it were faster: a student's one has to be so by more than chance.
      let handicapped = scenario.program == nil ? wall : Self.preference * wall
      if plan.baselines.contains(id), handicapped < fastest?.wall ?? .infinity { fastest = (id, handicapped) }
    }
    if let id = fastest?.id, let scenario = scenario(id) {
      state.measurement.baseline = .init(scenario: id, workers: scenario.workerCount, program: scenario.program)
    }
    note(outputs, &state.measurement)
    state.lastPair = outputs.reduce(0) { $0 + $1.run.result.usage.wallTime / .seconds(1) }
    return true
  }

  /// Measures one more pair of each variant; false when there is no more to be measured.
  private func measurePair(_ state: inout State) async throws -> Bool {
    let count = state.measurement.judgedEvidence.pairs.count
    if count >= SpeedupPromise.mostPairs || isDecided(state.measurement) { return false }
    if state.used + state.lastPair > plan.budget { return false }
    let before = state.used
    let seed = surroundings.seed()
    // Which side goes first changes from pair to pair, so that a machine that grows slower or faster favours neither.
    let sides = [state.measurement.baseline.scenario] + plan.variants
    let order = count % 2 == 0 ? sides : sides.reversed()
    var spans: [String: TimedSpan] = [:]
    var outputs: [(scenario: Scenario, run: Run)] = []
    for id in order {
      guard let scenario = scenario(id) else { return false }
      guard let run = try await undisturbed(scenario, seed: seed, pair: count + 1, &state) else { return false }
      outputs.append((scenario, run.run))
      spans[id] = run.span
    }
    if let findings = TimedOutput.problems(in: outputs) {
      state.measurement.obstacle = .wrong(findings)
      return false
    }
    state.lastPair = state.used - before
    if setAside(count + 1, &state.measurement) { return true }
    guard let baseline = spans[state.measurement.baseline.scenario] else { return false }
    for id in plan.variants {
      if let variant = spans[id] {
        state.measurement.evidence[id]?.add(TimedPair(baseline: baseline, variant: variant))
      }
    }
    note(outputs, &state.measurement)
    if plan.kind == .cpu { try await spin(&state) }
    state.lastPair = state.used - before
    return true
  }

  private func run(
    _ scenario: Scenario, seed: Int, pair: Int, in measurement: SpeedupMeasurement
  ) async throws -> (Run, TimedRun) {
    let begin = surroundings.clock(cpus)
    let run = try await surroundings.run(scenario, seed, cpus)
    var line = timed(
      run, pair: pair, scenario: scenario.id, workers: scenario.workerCount, seed: seed, in: measurement)
    if let begin, let end = surroundings.clock(cpus) { line.clock = ClockSpeed(begin: begin, end: end) }
    return (run, line)
  }

  /// Sets a pair aside between whose runs the CPUs' clocks changed; true where it was.
  private func setAside(_ pair: Int, _ measurement: inout SpeedupMeasurement) -> Bool {
    let places = measurement.runs.indices.filter {
      measurement.runs[$0].pair == pair && measurement.runs[$0].setAside == nil
    }
    guard ClockSpeed.changed(within: places.map { measurement.runs[$0] }, of: measurement.runs) else { return false }
    for place in places { measurement.runs[place].setAside = ClockSpeed.reason }
    return true
  }

  /// Runs a scenario until a run is not disturbed; nil when time is up.
  private func undisturbed(
    _ scenario: Scenario, seed: Int, pair: Int, _ state: inout State
  ) async throws -> (run: Run, span: TimedSpan)? {
    while true {
      let (run, line) = try await run(scenario, seed: seed, pair: pair, in: state.measurement)
      state.measurement.runs.append(line)
      state.used += line.wall
      // What went wrong is judged, however disturbed it was; how long it took does not matter then.
      if line.setAside == nil || run.result.termination != .exited(0) {
        return (run, line.work(without: state.startUp))
      }
      if state.used + line.wall > plan.budget { return nil }
    }
  }

  private func isDecided(_ measurement: SpeedupMeasurement) -> Bool {
    checks.allSatisfy { $0.verdict(on: measurement) != .open }
  }

  /// Keeps what the latest pair says beside its times.
  private func note(_ outputs: [(scenario: Scenario, run: Run)], _ measurement: inout SpeedupMeasurement) {
    let run = { (id: String) in outputs.first { $0.scenario.id == id }?.run.result }
    guard let baseline = run(measurement.baseline.scenario), let variant = run(plan.judged) else { return }
    measurement.facts = SpeedupFacts(baseline: baseline, variant: variant)
  }

  private func timed(
    _ run: Run, pair: Int, scenario: String, workers: Int, seed: Int, in measurement: SpeedupMeasurement
  ) -> TimedRun {
    let setAside = measurement.runs.count { $0.setAside != nil }
    let usage = run.result.usage
    let interference = Interference(run.result, cpus: cpus)
    let limit = interference.isExact ? Self.mostExactLoss : mostDisturbance(after: setAside)
    return TimedRun(
      pair: pair, scenario: scenario, workers: workers, seed: seed, wall: usage.wallTime / .seconds(1),
      cpu: (usage.userTime + usage.systemTime) / .seconds(1), lost: interference.lost,
      isLossExact: interference.isExact, setAside: interference.reason(over: usage.wallTime / .seconds(1), limit: limit)
    )
  }

  private func scenario(_ id: String) -> Scenario? { scenarios.first { $0.id == id } }

  private static func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
