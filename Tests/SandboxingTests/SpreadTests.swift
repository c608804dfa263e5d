import Foundation
import Sandboxing
import TestSupport
import Testing

/// Timed runs beside programs that never rest; apart from other tests, which would be more of them.
@Suite(
  "Timed runs beside others", .requiresSandbox, .requiresPython, .serialized,
  .enabled(
    if: geteuid() == 0 && CPUTopology.current.cpus.count > 1,
    "only root's timed runs go before others, and that takes two CPUs"))
struct SpreadTests {
  private static let runs = 40
  private static let work = 0.25

  /// Two processes, each of which computes for some time on a CPU.
  private static let script = """
    import os, time
    def work():
        while time.process_time() < \(work): pass
    for _ in range(2):
        if os.fork() == 0:
            work()
            os._exit(0)
    for _ in range(2): os.wait()
    """

  /// Seconds in which the processes of one run could have worked and had no CPU.
  private func withheld(_ container: any Container, on cpus: Set<Int>) async throws -> Double {
    var command = Command.python(["-c", Self.script])
    command.cpus = cpus
    let result = try await container.run(
      command, files: [], limits: Limits(wallTime: .seconds(60)),
      observation: Observation(accountsTasks: true, notesSurroundings: true, goesFirst: true))
    #expect(result.termination == .exited(0))
    let main = result.tasks.first { $0.task.isMainThread && $0.creator == nil }
    let delays = result.tasks.filter { $0.task != main?.task }.compactMap(\.runDelay)
    return Double(delays.reduce(0, +)) / 1e9
  }

  @Test func `processes don't stay on one CPU while another program has the other`() async throws {
    let cpus = CPUTopology.current.cpus.prefix(2)
    let neighbours = try cpus.map { _ in
      try Process.run(URL(filePath: "/bin/sh"), arguments: ["-c", "while :; do :; done"])
    }
    // Not terminate(): the runner's children may ignore SIGTERM.
    defer { for neighbour in neighbours { kill(neighbour.processIdentifier, SIGKILL) } }
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    var delays: [Double] = []
    for _ in 0..<Self.runs { delays.append(try await withheld(container, on: Set(cpus))) }
    await container.close()
    // Left where they were born, they share a CPU for as long in a fifth of the runs.
    let long = delays.count { $0 > 0.4 * Self.work }
    #expect(long <= Self.runs / 8, "\(delays.sorted())")
  }
}
