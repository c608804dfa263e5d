import Sandboxing
import Synchronization
import Testing
import TestSupport

/// What the kernel counts for a user, not for a container, and one program could use up for all others.
@Suite("Beside a program that uses up what its user has", .requiresSandbox, .requiresPython, .serialized)
struct SharedUserTests {
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
      _ = try await Sandbox(tier: tier)  // throws where the tier is not found any more
      attack.cancel()
      #expect(try await attack.value.termination == .cancelled)
      await attacker.close()
      await container.close()
    }
  }
}
