import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

/// What the kernel counts for a user, not for a container, and one program could use up for all others.
@Suite("Beside a program that uses up what its user has", .requiresSandbox, .requiresPython, .serialized)
struct SharedUserTests {
  /// Whether this is root, and of the machine, not of a user namespace, where there may be no other users to give.
  private static let isRealRoot: Bool = {
    let map = (try? String(contentsOfFile: "/proc/self/uid_map", encoding: .utf8)) ?? ""
    return geteuid() == 0 && map.split(separator: " ").last?.hasPrefix("4294967295") == true
  }()

  @Test func `containers are made and runs start as ever`() async throws {
    for tier in IsolationTier.allCases where await TierProbe.shared.offers(tier) {
      let sandbox = try await Sandbox(tier: tier)
      let attacker = try await sandbox.makeContainer(ContainerConfiguration())
      let isReady = Mutex(false)
      let attack = Task {
        try await attacker.run(
          .python(["program.py", "", "and stays"]), files: [.program("keeps_descriptors_on_their_way")],
          limits: Limits(wallTime: .seconds(600)),
          observation: Observation(onOutput: { _, _ in isReady.withLock { $0 = true } }))
      }
      try await eventually { isReady.withLock(\.self) }
      let container = try await sandbox.makeContainer(ContainerConfiguration())
      for _ in 0..<3 {
        let result = try await container.run(
          Command(executable: "/bin/true"), files: [], limits: Limits(), observation: Observation())
        #expect(result.termination == .exited(0), "tier \(tier.rawValue)")
      }
      if Self.isRealRoot, [.cgroup, .namespaces, .ownUser].contains(tier) {
        // Its programs have a user of their own, of whom nothing is on its way.
        let script = "import socket; a, b = socket.socketpair(); socket.send_fds(a, [b'x'], [0]); print('sent')"
        let result = try await container.run(
          .python(["-c", script]), files: [], limits: Limits(), observation: Observation())
        #expect(String(decoding: result.output, as: UTF8.self) == "sent\n", "tier \(tier.rawValue)")
      }
      _ = try await Sandbox(tier: tier)  // throws where the tier is not found any more
      attack.cancel()
      #expect(try await attack.value.termination == .cancelled)
      await attacker.close()
      await container.close()
    }
  }
}
