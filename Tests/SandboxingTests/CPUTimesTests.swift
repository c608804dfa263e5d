import TestSupport
import Testing

@testable import Sandboxing

/// How long CPUs were busy, from files as kernels write them.
struct CPUTimesTests {
  @Test func `idle and waiting are not busy, and only the CPUs that are asked for count`() throws {
    let folder = try TemporaryFolder([
      "stat": """
      cpu  500 0 0 0 0 0 0 0 0 0
      cpu0 100 20 30 1000 50 4 6 40 9 9
      cpu1 200 0 0 7 0 0 0 0 0 0
      cpu10 5000 0 0 7 0 0 0 0 0 0
      intr 1 2 3
      """
    ])
    let busy = { CPUTimes.busy($0, list: folder.path("stat")) }
    let one = try #require(busy([0]))
    let both = try #require(busy([0, 1]))
    #expect(abs(both / one - 2) < 1e-9)
    #expect(busy([]) == nil && busy([3]) == nil)
    #expect(CPUTimes.busy([0], list: "/nonexistent") == nil)
  }

  @Test func `this machine's CPUs only ever get busier`() throws {
    let cpus = CPUTopology.current.cpus
    let before = try #require(CPUTimes.busy(cpus))
    #expect(try #require(CPUTimes.busy(cpus)) >= before)
    #expect(before > 0)
  }
}
