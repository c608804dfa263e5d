import Foundation
import Sandboxing
import Testing
import TestSupport

/// In every tier that this machine offers, whether it contains hostile code or not.
@Suite("A limit ends a run with a reason of its own", .requiresPython, .serialized)
struct LimitTests {
  private func inEveryTier(_ body: (IsolationTier, any Container) async throws -> Void) async throws {
    for tier in IsolationTier.allCases where await TierProbe.shared.offers(tier) {
      let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration(diskSpace: 8 << 20))
      try await body(tier, container)
      await container.close()
    }
  }

  private func run(
    _ script: String, in container: any Container, _ limits: Limits, observation: Observation = Observation()
  ) async throws -> ExecutionResult {
    try await container.run(.python(["-c", script]), files: [], limits: limits, observation: observation)
  }

  @Test func `the end of cut output is kept beside its beginning`() async throws {
    try await inEveryTier { tier, container in
      let result = try await run(
        "import os; [os.write(1, b'%07d\\n' % n) for n in range(3000)]; os.write(1, b'the end'); os.read(0, 1)",
        in: container, Limits(wallTime: .seconds(60), output: 8000))
      #expect(result.termination == .outputLimit, "tier \(tier.rawValue)")
      #expect(result.output.count == 8000)
      #expect(!result.outputTail.isEmpty && result.outputTail.count <= 4096)
      #expect(result.outputBytes > result.output.count)
    }
  }

  @Test func `more processes than declared`() async throws {
    try await inEveryTier { tier, container in
      let result = try await run(
        """
        import os, time
        for _ in range(3):
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
        time.sleep(30)
        """, in: container, Limits(wallTime: .seconds(60), processes: 2))
      #expect(result.termination == .taskLimit, "tier \(tier.rawValue)")
    }
  }

  @Test func `more births than declared`() async throws {
    try await inEveryTier { tier, container in
      guard tier.isContaining else { return }
      let result = try await run(
        """
        import threading
        for _ in range(9):
            thread = threading.Thread(target=int)
            thread.start()
            thread.join()
        """, in: container, Limits(wallTime: .seconds(60), births: 8))
      #expect(result.termination == .birthLimit, "tier \(tier.rawValue)")
    }
  }

  @Test func `as many processes as declared are no reason`() async throws {
    try await inEveryTier { tier, container in
      let result = try await run(
        """
        import os
        for _ in range(10):
            children = [os.fork() for _ in range(1)]
            if 0 in children:
                os._exit(0)
            os.wait()
        """, in: container, Limits(wallTime: .seconds(60), processes: 1))
      #expect(result.termination == .exited(0), "tier \(tier.rawValue)")
    }
  }

  @Test func `more space on disk than allowed, by a program that stays`() async throws {
    try await inEveryTier { tier, container in
      let result = try await run(
        """
        import os, time
        try:
            for number in range(20):
                with open(f'{number}', 'wb') as file: file.write(bytes(1 << 20))
        except OSError as error:
            os._exit(error.errno)
        time.sleep(30)
        """, in: container, Limits(wallTime: .seconds(60), diskSpace: 8 << 20))
      // A file system of its own is simply full; elsewhere the space is watched.
      #expect(
        result.termination == (tier.hasNamespaces ? .exited(Int(ENOSPC)) : .diskSpaceLimit), "tier \(tier.rawValue)")
    }
  }

  @Test func `memory that was had only between two looks`() async throws {
    try await inEveryTier { tier, container in
      let result = try await run(
        "import os; block = bytearray(120 << 20); del block; os._exit(0)", in: container,
        Limits(wallTime: .seconds(60), memory: 64 << 20))
      #expect(result.termination == .memoryLimit, "tier \(tier.rawValue)")
    }
  }

  @Test func `a shared memory of the container's own user is empty for the next run`() async throws {
    try await inEveryTier { tier, container in
      guard tier.hasNamespaces || tier == .ownUser else { return }
      _ = try await run("open('/dev/shm/left-behind', 'w').write('x')", in: container, Limits())
      let next = try await run("import os; print('left-behind' in os.listdir('/dev/shm'))", in: container, Limits())
      #expect(String(decoding: next.output, as: UTF8.self) == "False\n", "tier \(tier.rawValue)")
    }
  }

  @Test func `files that lie in no folder can't be made`() async throws {
    try await inEveryTier { tier, container in
      guard tier.isContaining else { return }
      let result = try await run(
        "import os\ntry: os.memfd_create('x')\nexcept OSError as error: print(error.errno)", in: container, Limits())
      #expect(String(decoding: result.output, as: UTF8.self) == "\(ENOSYS)\n", "tier \(tier.rawValue)")
    }
  }
}
