import Sandboxing
import TestSupport
import Testing

@testable import Grading

struct RunSettingsTests {
  private let all: RunVariations = [.switchInterval, .startDelays, .hashSeed]

  private func settings(seed: UInt64, scenario: String = "plain", count: Int = 50) -> [RunSettings] {
    (1...count).map { SeededSettings(seed: seed).settings(scenario: scenario, attempt: $0) }
  }

  @Test func `the first repetition is plain, whatever the seed`() {
    for seed: UInt64 in [0, 1, 1234, .max] { #expect(settings(seed: seed, count: 1) == [.plain]) }
  }

  @Test func `the same seed gives the same settings, another seed or scenario others`() {
    #expect(settings(seed: 1234) == settings(seed: 1234))
    #expect(settings(seed: 1234) != settings(seed: 1235))
    #expect(settings(seed: 1234) != settings(seed: 1234, scenario: "other"))
    // Written down, since a report of last year must still be repeatable.
    #expect(
      SeededSettings(seed: 1).settings(scenario: "plain", attempt: 2)
        == RunSettings(seed: 1, oneCPU: 935, switchInterval: 10, startDelays: 111_097_891, hashSeed: 512_846_801))
  }

  @Test func `fifty repetitions see one CPU and all, short and long turns, delays and none, many hash seeds`() {
    let settings = settings(seed: 1).dropFirst()
    #expect(settings.count { $0.oneCPU != nil } == 25)
    #expect(Set(settings.map(\.switchInterval)) == [1, 10, 100, 1000, nil])
    #expect((10...40).contains(settings.count { $0.startDelays != nil }))
    #expect(Set(settings.map(\.hashSeed)).count == 49 && !settings.contains { $0.hashSeed == 0 })
  }

  @Test func `a language is varied only in what it can be varied in`() {
    let settings = RunSettings(seed: 1, oneCPU: 3, switchInterval: 10, startDelays: 5, hashSeed: 7)
    #expect(settings.restricted(to: []) == RunSettings(seed: 1, oneCPU: 3))
    #expect(settings.restricted(to: all) == settings)
  }

  @Test func `settings become CPUs and environment of the command`() {
    let command = Command(executable: "/bin/true", environment: ["PYTHONHASHSEED": "0", "A": "b"])
    let settings = RunSettings(seed: 1, oneCPU: 5, switchInterval: 10, startDelays: 9, hashSeed: 7)
    let varied = settings.applied(to: command, available: [2, 4, 6])
    #expect(varied.cpus == [6])
    #expect(
      varied.environment
        == ["PYTHONHASHSEED": "7", "A": "b", "THREADMARK_SWITCH": "10", "THREADMARK_DELAYS": "9"])
    #expect(RunSettings.plain.applied(to: command, available: [2]) == command)
    var leased = command
    leased.cpus = [8, 9]
    #expect(settings.applied(to: leased, available: [2, 4, 6]).cpus == [9])
  }

  @Test func `what takes longer because it is varied gets more time`() {
    let limits = Limits(wallTime: .seconds(10), cpuTime: .seconds(8))
    #expect(RunSettings.plain.applied(to: limits, cpuCount: 4) == limits)
    #expect(RunSettings(oneCPU: 1).applied(to: limits, cpuCount: 4).wallTime == .seconds(40))
    let switching = RunSettings(switchInterval: 1).applied(to: limits, cpuCount: 4)
    #expect(switching.wallTime == .seconds(20) && switching.cpuTime == .seconds(16))
  }

  @Test func `the plan varies the repetitions, not the stretched run`() {
    let exercise = makeExercise(
      scenarios: [Scenario(id: "plain", repetitions: 3)],
      checks: [makeCheck(check: OutputCheck("right", needsStretchedRun: true))])
    let plan = Plan(for: exercise, varying: SeededSettings(), by: all)
    #expect(plan.steps.map(\.mode) == [.plain, .plain, .plain, .stretched])
    #expect(plan.steps.map { $0.settings == .plain } == [true, false, false, true])
    #expect(Plan(for: exercise).steps.allSatisfy { $0.settings == .plain })
  }

  @Test(arguments: [
    (7, 50, "95 % interval 7 to 26 %"), (1, 2, "95 % interval 9 to 91 %"), (1, 1000, "95 % interval 0.0 to 0.6 %"),
    (0, 10, "95 % interval 0 to 28 %"), (10, 10, "95 % interval 72 to 100 %"),
  ])
  func `a frequency says how often it is to be expected`(hits: Int, runs: Int, words: String) {
    #expect(Frequency(hits: hits, runs: runs).words == words)
  }
}
