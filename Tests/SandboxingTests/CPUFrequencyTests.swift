import Foundation
import TestSupport
import Testing

@testable import Sandboxing

/// How fast clocks run, read from files as the kernel writes them.
struct CPUFrequencyTests {
  private static let list = """
    processor\t: 0
    model name\t: Some CPU @ 2.00GHz
    cpu MHz\t\t: 1995.312

    processor\t: 1
    cpu MHz\t\t: 2893.202
    """

  @Test func `the fastest of the CPUs counts, of the others none`() throws {
    let folder = try TemporaryFolder([
      "cpu0/cpufreq/scaling_cur_freq": "800000\n", "cpu1/cpufreq/scaling_cur_freq": "3200000\n",
      "cpu2/cpufreq/scaling_cur_freq": "4100000\n", "cpuinfo": Self.list,
    ])
    let fastest = { CPUFrequency.fastest(of: $0, devices: folder.path, list: folder.path("cpuinfo")) }
    #expect(fastest([0, 1]) == 3200)
    #expect(fastest([0]) == 800)
  }

  @Test func `where there is no scaling the list of CPUs is read`() throws {
    let folder = try TemporaryFolder(["cpuinfo": Self.list])
    let fastest = { CPUFrequency.fastest(of: $0, devices: folder.path, list: folder.path("cpuinfo")) }
    #expect(fastest([0, 1]) == 2893.202)
    #expect(fastest([0]) == 1995.312)
    #expect(fastest([7]) == nil)
  }

  @Test(arguments: ["", "fast\n", "0\n"])
  func `what is absent or nonsense is not known`(_ text: String) throws {
    let folder = try TemporaryFolder(["cpu0/cpufreq/scaling_cur_freq": text])
    #expect(CPUFrequency.fastest(of: [0], devices: folder.path, list: "/nonexistent") == nil)
    #expect(CPUFrequency.fastest(of: [0], devices: "/nonexistent", list: "/nonexistent") == nil)
  }
}
