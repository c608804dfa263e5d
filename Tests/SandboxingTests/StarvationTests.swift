import Foundation
import Sandboxing
import Testing
import TestSupport

@Suite("A busy machine", .requiresSandbox, .requiresPython, .serialized)
struct StarvationTests {
  /// Runs a program on one CPU while three others, each in a session of its own, want the same.
  private func runAmongOthers(_ script: String, limits: Limits) async throws -> ExecutionResult {
    let sandbox = try await Sandbox()
    let cpus = Set(CPUSet.available.sorted().suffix(1))
    let spinner = Command(executable: "/usr/bin/python3", arguments: ["-c", "while True: pass"], cpus: cpus)
    let program = Command(executable: "/usr/bin/python3", arguments: ["-c", script], cpus: cpus)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          let container = try await sandbox.makeContainer(ContainerConfiguration())
          _ = try await container.run(
            spinner, files: [], limits: Limits(wallTime: .seconds(600)),
            observation: Observation(detectsDeadlock: false))
        }
      }
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      let result = try await container.run(program, files: [], limits: limits, observation: Observation())
      group.cancelAll()
      await container.close()
      return result
    }
  }

  @Test func `a program that needs most of its time gets it, however little the machine gives at once`() async throws {
    let result = try await runAmongOthers(
      "import time\nwhile time.process_time() < 1.2: pass", limits: Limits(wallTime: .milliseconds(1800)))
    #expect(result.termination == .exited(0))
  }

  @Test func `a loop without end meets its limit on a busy machine too, after a longer time`() async throws {
    let result = try await runAmongOthers("while True: pass", limits: Limits(wallTime: .seconds(1)))
    #expect(result.termination == .wallTimeLimit)
    #expect(result.usage.withheldTime > .milliseconds(100))
    #expect(result.usage.wallTime > .seconds(1) + result.usage.withheldTime / 2)
  }

  @Test func `a sleeper is not starved`() async throws {
    let result = try await runAmongOthers("import time; time.sleep(600)", limits: Limits(wallTime: .seconds(1)))
    #expect(result.termination == .wallTimeLimit)
    #expect(result.usage.withheldTime < result.usage.wallTime / 2)
  }
}
