import Foundation
import Sandboxing
import Testing
import TestSupport

/// What outlives its program is told of, however slow the container's init is to reap and to kill.
@Suite("A process that outlives its program", .requiresSandbox, .requiresPython)
struct LeftoverTests {
  /// Forks and exits over and over, once init is stopped; then nobody reaps what has ended.
  private static let script = """
    import os
    while open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[0] != 'T':
        pass
    while True:
        try:
            if os.fork() != 0:
                os._exit(0)
        except OSError:
            os._exit(1)
    """

  @Test(.requires(.cgroup)) func `is told of while init sleeps, in tier A`() async throws { try await outlive(.cgroup) }
  @Test(.requires(.namespaces)) func `is told of while init sleeps, in tier B`() async throws {
    try await outlive(.namespaces)
  }
  @Test(.requires(.ownUser)) func `is told of while init sleeps, in tier C`() async throws {
    try await outlive(.ownUser)
  }
  @Test(.requires(.light)) func `is told of while init sleeps, in tier D`() async throws { try await outlive(.light) }

  private func outlive(_ tier: IsolationTier) async throws {
    let marker = "threadmark-test-\(UUID().uuidString)"
    let sandbox = try await Sandbox(tier: tier)
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    let keeper = try #require(sandbox.keeperProcessIdentifier)
    let initProcess = pid_t(try #require(ProcessTable.children(of: keeper).first))
    let run = Task {
      try await container.run(
        .python(["-c", Self.script, marker]), files: [], limits: Limits(wallTime: .seconds(60), tasks: 64),
        observation: Observation())
    }
    try await eventually { !ProcessTable.commandLines(containing: marker).isEmpty }
    Glibc.kill(initProcess, SIGSTOP)
    defer { Glibc.kill(initProcess, SIGCONT) }
    try await eventually { Self.hasOnlyZombies(initProcess) }
    Glibc.kill(initProcess, SIGCONT)
    let result = try await run.value
    #expect(result.termination == .exited(0))
    #expect(result.leftovers.count == 1)
    await container.close()
  }

  /// Whether nothing below a process is alive: its children are the same before and after each was seen as a zombie, and a
  /// zombie has none.
  private static func hasOnlyZombies(_ process: pid_t) -> Bool {
    let children = ProcessTable.children(of: Int(process))
    let areZombies = children.allSatisfy { child in
      let text = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
      return text.split(separator: ")").last?.hasPrefix(" Z") == true
    }
    return !children.isEmpty && areZombies && ProcessTable.children(of: Int(process)) == children
  }
}
