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
    /// Runs a scenario with the data of a seed on the leased CPUs.
    var run: @Sendable (_ scenario: Scenario, _ seed: Int) async throws -> Run
    /// Runs an empty program there; nil where the language has none.
    var runEmpty: @Sendable () async throws -> Run?
    /// Measures what the CPUs give, the one with this index working alone, by work of about this length.
    var spin: @Sendable (_ cpus: [Int], _ first: Int, _ span: Duration) async throws -> Spinner.Sample
    /// How fast the fastest of the CPUs' clocks runs now, in MHz; nil where nothing tells.
    var clock: @Sendable (_ cpus: [Int]) -> Double? = { _ in nil }
    /// Seconds for which some CPUs have been busy since some time; nil where nothing tells.
    var busy: @Sendable (_ cpus: [Int]) -> Double? = { _ in nil }
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
    try await calibrate(&state)
    while try await measurePair(&state) {}
    return state.measurement
  }

  /// The other hyperthreads of the leased cores, which no run of ours is on.
  private var siblings: [Int] {
    topology.cores.filter { $0.contains(where: cpus.contains) }.joined().filter { !cpus.contains($0) }
  }

  /// How far a session is.
  struct State {
    var measurement: SpeedupMeasurement
    /// Seconds used so far.
    var used = 0.0
    /// Seconds that the last pair took.
    var lastPair = 0.0
    var spins = 0
    /// How long the spinner works.
    var span = Spinner.shortSpan
    /// The least that an empty program took; what it takes is between this and this without disturbance.
    var startUp: TimedSpan?
  }

  /// Runs everything once, compares what is printed, and takes the fastest baseline; false where that ends the matter.
  private func chooseBaseline(_ state: inout State) async throws -> Bool {
    let seed = surroundings.seed()
    var outputs: [(scenario: Scenario, run: Run)] = []
    var fastest: (own: TimedBaseline?, reference: TimedBaseline?)
    for id in plan.baselines + plan.variants {
      guard let scenario = scenario(id) else { continue }
      let (run, line) = try await run(scenario, seed: seed, pair: 0, in: state.measurement)
      state.used += line.wall
      state.measurement.runs.append(line)
      outputs.append((scenario, run))
      if let findings = try TimedOutput.problems(in: outputs) {
        state.measurement.obstacle = .wrong(findings)
        return false
      }
      guard plan.baselines.contains(id) else { continue }
      let timed = TimedBaseline(scenario: scenario, most: line.wall, least: line.wall - (line.lost ?? 0))
      if scenario.program == nil {
        fastest.own = timed.faster(of: fastest.own)
      } else {
        fastest.reference = timed.faster(of: fastest.reference)
      }
    }
    choose(fastest.own, beside: fastest.reference, &state.measurement)
    note(outputs, &state.measurement)
    state.lastPair = outputs.reduce(0) { $0 + $1.run.result.usage.wallTime / .seconds(1) }
    return true
  }

  /// A scenario that may be the baseline, and the seconds that it took, with and without what others may have taken.
  private struct TimedBaseline {
    var scenario: Scenario
    var most: Double
    var least: Double

    func faster(of other: TimedBaseline?) -> TimedBaseline {
      if let other, other.least <= least { other } else { self }
    }

    var side: SpeedupMeasurement.Side {
      .init(scenario: scenario.id, workers: scenario.workerCount, program: scenario.program)
    }
  }

  /// Takes the fastest baseline; where that may be the student's own, the exercise's stays beside it.
  ///
  /// One run is no proof: the student's may have been fast only this once, by chance or on purpose, or slow by others' load.
  private func choose(
    _ own: TimedBaseline?, beside reference: TimedBaseline?, _ measurement: inout SpeedupMeasurement
  ) {
    guard let reference else {
      if let own { measurement.baseline = own.side }
      return
    }
    guard let own, TimedSpan.handicap * own.least < reference.most else {
      measurement.baseline = reference.side
      return
    }
    (measurement.baseline, measurement.reference) = (own.side, reference.side.scenario)
  }

  /// Measures one more pair of each variant; false when there is no more to be measured.
  private func measurePair(_ state: inout State) async throws -> Bool {
    let count = state.measurement.judgedEvidence.pairs.count
    if count >= SpeedupPromise.mostPairs || isSettled(state.measurement) { return false }
    if state.used + state.lastPair > plan.budget { return false }
    let before = state.used
    let sides = state.measurement.baselines + plan.variants
    guard let runs = try await runs(of: sides, seed: surroundings.seed(), pair: count + 1, &state) else { return false }
    let outputs = runs.map { (scenario: $0.scenario, run: $0.run) }
    if let findings = try TimedOutput.problems(in: outputs) {
      state.measurement.obstacle = .wrong(findings)
      setAside(count + 1, "something in this pair went wrong", &state.measurement)
      return false
    }
    state.lastPair = state.used - before
    if haveClocksChanged(count + 1, state.measurement) {
      setAside(count + 1, ClockSpeed.reason, &state.measurement)
      return true
    }
    let spans = Dictionary(runs.map { ($0.scenario.id, $0.span) }) { first, _ in first }
    let reference = state.measurement.reference.flatMap { spans[$0] }
    guard let baseline = spans[state.measurement.baseline.scenario]?.beside(reference) else { return false }
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

  /// Runs the sides of a pair undisturbed; nil when time is up.
  ///
  /// Which goes first changes from pair to pair, so that a machine that grows slower or faster favours none of them.
  private func runs(
    of sides: [String], seed: Int, pair: Int, _ state: inout State
  ) async throws -> [(scenario: Scenario, run: Run, span: TimedSpan)]? {
    let order = pair % 2 == 1 ? sides : sides.reversed()
    var runs: [(scenario: Scenario, run: Run, span: TimedSpan)] = []
    for scenario in order.compactMap(scenario) {
      guard let (run, span) = try await undisturbed(scenario, seed: seed, pair: pair, &state) else { return nil }
      runs.append((scenario, run, span))
    }
    return pair % 2 == 1 ? runs : runs.reversed()
  }

  private func run(
    _ scenario: Scenario, seed: Int, pair: Int, in measurement: SpeedupMeasurement
  ) async throws -> (Run, TimedRun) {
    let (begin, busyBefore) = (surroundings.clock(cpus), surroundings.busy(siblings))
    let run = try await surroundings.run(scenario, seed)
    let busy = surroundings.busy(siblings).flatMap { after in busyBefore.map { max(0, after - $0) } }
    var line = timed(
      run, pair: pair, scenario: scenario.id, workers: scenario.workerCount, seed: seed, siblings: busy,
      in: measurement)
    if let begin, let end = surroundings.clock(cpus) { line.clock = ClockSpeed(begin: begin, end: end) }
    return (run, line)
  }

  /// Whether the CPUs' clocks changed between the runs of a pair that count.
  private func haveClocksChanged(_ pair: Int, _ measurement: SpeedupMeasurement) -> Bool {
    let runs = measurement.runs.filter { $0.pair == pair && $0.setAside == nil }
    return ClockSpeed.changed(within: runs, of: measurement.runs)
  }

  /// Sets what counts of a pair aside.
  private func setAside(_ pair: Int, _ reason: String, _ measurement: inout SpeedupMeasurement) {
    for place in measurement.runs.indices
    where measurement.runs[place].pair == pair && measurement.runs[place].setAside == nil {
      measurement.runs[place].setAside = reason
    }
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

  private func isSettled(_ measurement: SpeedupMeasurement) -> Bool {
    checks.allSatisfy { $0.isSettled(on: measurement) }
  }

  /// Keeps what the latest pair says beside its times.
  private func note(_ outputs: [(scenario: Scenario, run: Run)], _ measurement: inout SpeedupMeasurement) {
    let run = { (id: String) in outputs.first { $0.scenario.id == id }?.run.result }
    guard let baseline = run(measurement.baseline.scenario), let variant = run(plan.judged) else { return }
    measurement.facts = SpeedupFacts(baseline: baseline, variant: variant)
  }

  func timed(
    _ run: Run, pair: Int, scenario: String, workers: Int, seed: Int, siblings: Double? = nil,
    in measurement: SpeedupMeasurement
  ) -> TimedRun {
    let disturbed = measurement.runs.count { $0.setAside != nil && $0.setAside != ClockSpeed.reason }
    let usage = run.result.usage
    let wall = usage.wallTime / .seconds(1)
    let interference = Interference(run.result, cpus: cpus, siblings: siblings)
    let limit = interference.certain == nil ? mostDisturbance(after: disturbed) : Self.mostExactLoss
    return TimedRun(
      pair: pair, scenario: scenario, workers: workers, seed: seed, wall: wall,
      cpu: (usage.userTime + usage.systemTime) / .seconds(1), lost: interference.lost, certain: interference.certain,
      // What comes before the first pair is used with what it lost, and is not repeated.
      setAside: pair == 0 ? nil : interference.reason(over: wall, limit: limit))
  }

  private func scenario(_ id: String) -> Scenario? { scenarios.first { $0.id == id } }
}
