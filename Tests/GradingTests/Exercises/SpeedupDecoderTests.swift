import Testing

@testable import Grading

/// What entries of `checks` that ask for speedup become.
struct SpeedupDecoderTests {
  private func checks(_ keys: String) throws -> [CheckSpecification] {
    let text = """
      schemaVersion: 1
      title: T
      language: python
      entry: t.py
      scenarios:
        - id: reference
          arguments: ["1"]
        - id: one
          workers: 1
        - id: two
          workers: 2
        - id: four
          workers: 4
      checks:
        - id: speed
          title: Faster
          check: speedup
          baseline: [one, reference]

      """
    let body = keys.split(separator: "\n").map { "    \($0)\n" }.joined()
    return try ExerciseDecoder().decode(Array((text + body).utf8), folder: "/t", path: "exercise.yaml").checks
  }

  private func check(_ keys: String) throws -> SpeedupCheck {
    try #require(try checks("points: 1\n\(keys)")[0].check as? SpeedupCheck)
  }

  @Test func `tiers become checks of their own, the lowest first, that share their timings`() throws {
    let tiers = try checks("variant: two\ntiers: {1.6: 4, 1.3: 2}")
    #expect(tiers.map(\.id) == ["speed-1.3x", "speed-1.6x"])
    #expect(tiers.map(\.title) == ["Faster (1.3 times)", "Faster (1.6 times)"])
    #expect(tiers.map(\.points) == [2, 4])
    let checks = tiers.compactMap { $0.check as? SpeedupCheck }
    #expect(checks.map(\.demand) == [.atLeast(1.3), .atLeast(1.6)])
    #expect(checks[0].plan == checks[1].plan)
    #expect(checks[0].plan == SpeedupPlan(baselines: ["one", "reference"], variants: ["two"], kind: .cpu, budget: 30))
  }

  @Test func `every other demand is one check`() throws {
    #expect(try check("variant: two\nat_least: 1.6").demand == .atLeast(1.6))
    #expect(try check("variant: two\nefficiency: 0.7").demand == .efficiency(0.7))
    #expect(try check("variant: two\nat_most: 1.2").demand == .atMost(1.2))
  }

  @Test func `the last of several variants is judged, and the rest is read`() throws {
    let check = try check("variant: [two, four]\nat_least: 3\nkind: io\nbudget: 90s")
    #expect(check.plan.judged == "four" && check.plan.variants == ["two", "four"])
    #expect(check.plan.kind == .io && check.plan.budget == 90 && !check.scalesWithMachine)
    #expect(try self.check("variant: two\nat_least: 1.4\nof: attainable").scalesWithMachine)
  }
}
