import Sandboxing
import Synchronization
import TestSupport

@testable import Grading

extension SpeedupSessionTests {
  /// A machine and a program that exist on paper.
  final class Paper: Sendable {
    /// Seconds that a scenario takes undisturbed.
    let seconds: [String: Double]
    /// What a scenario prints for a seed.
    let output: @Sendable (_ scenario: String, _ seed: Int) -> String
    /// The part of each run that others take, in the order of the runs.
    let disturbances: [Double]
    /// By how much longer each run takes than it should, in turn.
    let factors: [Double]
    let spinner: Spinner.Sample
    /// What the spinner shows, in turn, when it works for a short time only; like other times where there is none.
    let hasty: [Spinner.Sample]
    /// Scenarios that end with an error from some run on, the first being 1.
    let failures: [String: Int]
    /// Seconds that an empty program takes; nil where there is none.
    let startUp: Double?
    private let calls = Mutex<[(scenario: String, seed: Int)]>([])

    init(
      _ seconds: [String: Double], disturbances: [Double] = [], factors: [Double] = [1],
      spinner: Spinner.Sample = Spinner.Sample(alone: 0.04, together: 0.041, count: 2),
      hasty: [Spinner.Sample] = [], failures: [String: Int] = [:], startUp: Double? = nil,
      output: @escaping @Sendable (String, Int) -> String = { "\($1)" }
    ) {
      self.failures = failures
      self.startUp = startUp
      self.seconds = seconds
      self.disturbances = disturbances
      self.factors = factors
      self.spinner = spinner
      self.hasty = hasty
      self.output = output
    }

    var runs: [(scenario: String, seed: Int)] { calls.withLock { $0 } }

    func run(_ scenario: Scenario, _ seed: Int) -> Run {
      let number = calls.withLock { calls in
        calls.append((scenario.id, seed))
        return calls.count - 1
      }
      let count = runs.count { $0.scenario == scenario.id }
      if count >= failures[scenario.id] ?? .max {
        return makeRun(makeResult("", .exited(1)), scenario: scenario.id)
      }
      let undisturbed = (seconds[scenario.id] ?? 1) * factors[number % factors.count]
      let part = number < disturbances.count ? disturbances[number] : 0
      let wall = undisturbed / (1 - part) + (startUp ?? 0)
      var result = makeResult(output(scenario.id, seed), wallTime: .seconds(wall))
      result.usage.userTime = .seconds(undisturbed)
      let lost = Int64((wall - (startUp ?? 0) - undisturbed) * 1e9)
      result.surroundings = Surroundings(
        cpus: [Surroundings.CPU(number: 0, busy: Int64(undisturbed * 1e9) + lost, idle: 0)], tick: 0)
      return makeRun(result, scenario: scenario.id)
    }
  }

  static let scenarios = [
    Scenario(id: "one", workers: 1), Scenario(id: "two", workers: 2),
    Scenario(id: "reference", workers: nil, program: "reference.py"),
  ]

  func measure(
    _ paper: Paper, baselines: [String] = ["one"], kind: SpeedupPlan.Kind = .cpu, budget: Double = 60,
    atLeast: Double = 1.4, demand: SpeedupDemand? = nil, scales: Bool = false,
    topology: CPUTopology = CPUTopology(cores: [[0], [1]]),
    cpus: [Int]? = nil, clock: @escaping @Sendable (_ run: Int) -> Double? = { _ in nil },
    busy: @escaping @Sendable (_ cpus: [Int], _ run: Int) -> Double? = { _, _ in nil }
  ) async throws -> (SpeedupMeasurement, CheckOutcome) {
    let plan = SpeedupPlan(baselines: baselines, variants: ["two"], kind: kind, budget: budget)
    let check = SpeedupCheck(plan: plan, demand: demand ?? .atLeast(atLeast), scalesWithMachine: scales)
    let session = SpeedupSession(
      plan: plan, checks: [check], scenarios: Self.scenarios, topology: topology, cpus: cpus ?? topology.cpus,
      surroundings: SpeedupSession.Surroundings(
        run: { scenario, seed in paper.run(scenario, seed) },
        runEmpty: { paper.startUp.map { makeRun(makeResult(wallTime: .seconds($0)), scenario: TimedRun.startUp) } },
        spin: { _, number, span in
          paper.hasty.isEmpty || span > Spinner.shortSpan ? paper.spinner : paper.hasty[number % paper.hasty.count]
        }, clock: { _ in clock(paper.runs.count) },
        busy: { busy($0, paper.runs.count) }))
    let measurement = try await session.measure()
    return (measurement, check.judge(measurement))
  }
}
