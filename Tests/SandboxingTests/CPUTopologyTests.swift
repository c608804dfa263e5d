import Foundation
import TestSupport
import Testing

@testable import Sandboxing

/// What can be used of a machine, read from files as the kernel writes them.
struct CPUTopologyTests {
  @Test(arguments: [("0", [0]), ("0-2,8\n", [0, 1, 2, 8]), ("", []), ("3-1,x", []), ("0-999999", [])])
  func `lists of CPUs are read, nonsense is none`(_ text: String, numbers: [Int]) {
    #expect(CPUTopology.numbers(text) == numbers)
  }

  @Test func `siblings stand together, without those that may not be used`() throws {
    let folder = try TemporaryFolder([
      "cpu0/topology/thread_siblings_list": "0,2\n", "cpu1/topology/thread_siblings_list": "1,3\n",
      "cpu2/topology/thread_siblings_list": "0,2\n",
    ])
    let topology = CPUTopology(allowed: [0, 1, 2], devices: folder.path, quota: nil)
    #expect(topology.cores == [[0, 2], [1]])
    #expect(topology.usable == 3)
  }

  @Test func `a machine that tells nothing has a core for each CPU`() {
    let topology = CPUTopology(allowed: [4, 5], devices: "/nonexistent", quota: 0.5)
    #expect(topology.cores == [[4], [5]])
    #expect(topology.usable == 0.5)
  }

  @Test func `of nested groups the smallest quota counts`() throws {
    let folder = try TemporaryFolder([
      "cpu.max": "max 100000\n", "course/cpu.max": "150000 100000\n", "course/job/cpu.max": "max 100000\n",
    ])
    #expect(CPUQuota.smallest(groups: "0::/course/job\n", root: folder.path) == 1.5)
    #expect(CPUQuota.smallest(groups: "0::/\n", root: folder.path) == nil)
  }

  @Test func `the older groups are read too`() throws {
    let folder = try TemporaryFolder([
      "cpu/course/cpu.cfs_quota_us": "50000\n", "cpu/course/cpu.cfs_period_us": "100000\n",
      "cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n",
    ])
    let groups = "4:memory:/course\n3:cpu,cpuacct:/course\n"
    #expect(CPUQuota.smallest(groups: groups, root: folder.path) == 0.5)
    #expect(CPUQuota.smallest(groups: "4:memory:/\n", root: folder.path) == nil)
  }

  @Test func `this machine has at least one CPU that can be used`() {
    #expect(!CPUTopology.current.cpus.isEmpty)
    #expect(CPUTopology.current.usable > 0)
  }

  @Test func `the spinner does the same work on one CPU and on all`() throws {
    let sample = try Spinner.sample(cpus: CPUTopology.current.cpus, span: .milliseconds(5))
    #expect(sample.alone > 0 && sample.together > 0)
    #expect((0...1).contains(sample.disturbance))
    #expect(sample.speedup > 0.01)
  }
}
