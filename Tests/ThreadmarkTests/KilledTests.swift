import Foundation
import Glibc
import Sandboxing
import TestSupport
import Testing

@Suite("When threadmark is killed", .requiresSandbox, .requiresPython)
struct KilledTests {
  @Test(.requires(.cgroup)) func `nothing survives in tier A`() async throws { try await kill(in: .cgroup) }
  @Test(.requires(.namespaces)) func `nothing survives in tier B`() async throws { try await kill(in: .namespaces) }
  @Test(.requires(.ownUser)) func `nothing survives in tier C`() async throws { try await kill(in: .ownUser) }
  @Test(.requires(.light)) func `nothing survives in tier D`() async throws { try await kill(in: .light) }
  @Test(.requires(.bare)) func `nothing survives in tier E`() async throws { try await kill(in: .bare) }

  private func kill(in tier: IsolationTier) async throws {
    let marker = "threadmark-test-\(UUID().uuidString)"
    let script = """
      import os, time
      if os.fork() == 0:
          os.fork()
      time.sleep(1000)
      """
    let run = try ThreadmarkProcess(
      [
        "run", "--tier", tier.rawValue, "--wall", "5m", "--tasks", "8", "--processes", "4", "--",
        "/usr/bin/python3", "-c", script, marker,
      ]
    ) { process in
      // Besides the program's three there is threadmark's own command line.
      while ProcessTable.commandLines(containing: marker).count < 4 && Glibc.kill(process, 0) == 0 { usleep(5000) }
      Glibc.kill(process, SIGKILL)
    }
    #expect(run.status == 128 + SIGKILL)
    try await eventually { ProcessTable.commandLines(containing: marker).isEmpty }
  }
}
