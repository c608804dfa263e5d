import Sandboxing
import Synchronization
import Testing

@testable import Grading

/// What is printed in timed runs, and who is to blame for it.
extension SpeedupSessionTests {
  @Test func `a wrong answer is one on any machine`() async throws {
    let paper = Paper(["one": 1, "two": 1]) { $0 == "two" ? "42" : "\($1)" }
    let (_, outcome) = try await measure(paper, topology: CPUTopology(cores: [[0]]))
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(findings.map(\.verdict) == [.wrongAnswer])
  }

  @Test(arguments: [1, 3])
  func `a failure of the exercise's own program is none of the submission's`(_ run: Int) async throws {
    let paper = Paper(["one": 1, "two": 0.5, "reference": 1], failures: ["reference": run])
    await #expect(throws: ReferenceError.self) {
      try await measure(paper, baselines: ["one", "reference"])
    }
  }

  @Test(arguments: [2, 3])
  func `the run that is wrong is named, whichever of the pair came first`(_ pair: Int) async throws {
    let calls = Mutex(0)
    let paper = Paper(["one": 1, "two": 0.7]) { scenario, seed in
      guard scenario == "two" else { return "\(seed)" }
      return calls.withLock { calls in
        calls += 1
        return calls > pair ? "42" : "\(seed)"
      }
    }
    let (measurement, outcome) = try await measure(paper)
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(
      findings[0].message.contains(
        "In a timed run of the scenario two, it printed something else than the scenario one"))
    let report = SpeedupReport(measurement, SpeedupCheck(plan: measurement.plan, demand: .atLeast(1.4)))
    #expect(report.pairs(of: "two") == measurement.judgedEvidence.pairs)
  }

  @Test func `other output for the same data is a wrong answer, however fast`() async throws {
    let paper = Paper(["one": 1, "two": 0.01]) { $0 == "two" ? "42" : "\($1)" }
    let (measurement, outcome) = try await measure(paper)
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(findings.map(\.verdict) == [.wrongAnswer])
    #expect(measurement.judgedEvidence.pairs.isEmpty)
  }

  @Test func `a result that was kept from an earlier run is a wrong answer`() async throws {
    let first = Mutex<Int?>(nil)
    let paper = Paper(["one": 1, "two": 0.01]) { scenario, seed in
      if scenario != "two" { return "\(seed)" }
      let known = first.withLock { value in
        value = value ?? seed
        return value ?? seed
      }
      return "\(known)"
    }
    let (_, outcome) = try await measure(paper)
    guard case .failed(let findings) = outcome else { Issue.record("\(outcome)"); return }
    #expect(findings.map(\.verdict) == [.wrongAnswer])
  }
}
