import Foundation
import Sandboxing
import Testing
import TestSupport

@Suite("What processes read and write", .requiresSandbox, .requiresPython)
struct MovedTests {
  private static let isAccounted = ConditionTrait.enabled(
    if: FileManager.default.fileExists(atPath: "/proc/self/io"), "the kernel keeps no account of it (/proc/self/io)")

  @Test(.requires(.cgroup), isAccounted) func `is known however they end in tier A`() async throws {
    try await endsAreKnown(in: .cgroup)
  }
  @Test(.requires(.namespaces), isAccounted) func `is known however they end in tier B`() async throws {
    try await endsAreKnown(in: .namespaces)
  }
  @Test(.requires(.ownUser), isAccounted) func `is known however they end in tier C`() async throws {
    try await endsAreKnown(in: .ownUser)
  }
  @Test(.requires(.light), isAccounted) func `is known however they end in tier D`() async throws {
    try await endsAreKnown(in: .light)
  }

  private func endsAreKnown(in tier: IsolationTier) async throws {
    let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration())
    let script = """
      import os, signal
      def child(ends):
          read, write = os.pipe()
          process = os.fork()
          if process == 0:
              os.close(write)
              while os.read(read, 1 << 20): pass
              ends()
          os.close(read)
          for _ in range(40): os.write(write, b"x" * 100_000)
          return process, write
      for kill in (False, True):
          process, write = child(signal.pause if kill else lambda: os._exit(0))
          if not kill: os.close(write)
          else: os.kill(process, signal.SIGTERM)
          os.waitpid(process, 0)
          print(process)
      print(os.getpid())
      """
    let result = try await container.run(
      .python(["-c", script]), files: [], limits: Limits(wallTime: .seconds(60)),
      observation: Observation(accountsTasks: true))
    await container.close()
    let processes = String(decoding: result.output, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    try #require(processes.count == 3, "\(String(decoding: result.errorOutput, as: UTF8.self))")
    let moved = try processes.map { try #require(result.moved[$0]) }
    // The killed one may not have read all of it yet. The parent's account has that of the children it waited for in it.
    #expect(moved[0].read >= 4_000_000 && moved[0].calls >= 40)
    #expect(moved[2].written >= 8_000_000 && moved[2].read >= 4_000_000 && moved[2].calls >= 120)
    #expect(moved[2].written < 10_000_000 && moved[2].read < 10_000_000)
  }

  /// How Python hands work to processes.
  enum Pool: String, CaseIterable, Sendable {
    case fork = "multiprocessing.get_context('fork').Pool(2)"
    case spawn = "multiprocessing.get_context('spawn').Pool(2)"
    case executor = "concurrent.futures.ProcessPoolExecutor(2)"
  }

  @Test(.requires(.cgroup), isAccounted, arguments: Pool.allCases) func `is known of every kind of pool in tier A`(
    _ pool: Pool
  ) async throws { try await isKnown(of: pool, in: .cgroup) }
  @Test(.requires(.namespaces), isAccounted, arguments: Pool.allCases) func `is known of every kind of pool in tier B`(
    _ pool: Pool
  ) async throws { try await isKnown(of: pool, in: .namespaces) }
  @Test(.requires(.ownUser), isAccounted, arguments: Pool.allCases) func `is known of every kind of pool in tier C`(
    _ pool: Pool
  ) async throws { try await isKnown(of: pool, in: .ownUser) }
  @Test(.requires(.light), isAccounted, arguments: Pool.allCases) func `is known of every kind of pool in tier D`(
    _ pool: Pool
  ) async throws { try await isKnown(of: pool, in: .light) }

  private func isKnown(of pool: Pool, in tier: IsolationTier) async throws {
    let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration())
    let script = """
      import concurrent.futures, multiprocessing, sys
      if __name__ == "__main__":
          pieces = [bytes(200_000) for _ in range(20)]
          with \(pool.rawValue) as pool:
              print(sum(pool.map(len, pieces, chunksize=1)))
      """
    let result = try await container.run(
      .python(["program.py"]), files: [ContainerFile(path: "program.py", contents: Array(script.utf8))],
      limits: Limits(wallTime: .seconds(60)), observation: Observation(accountsTasks: true))
    await container.close()
    #expect(String(decoding: result.output, as: UTF8.self) == "4000000\n", "\(result.termination)")
    let first = try #require(result.tasks.min { $0.began < $1.began }?.task.process)
    let others = result.moved.filter { $0.key != first }.values
    #expect(try #require(result.moved[first]).written >= 4_000_000)
    #expect(others.reduce(0) { $0 + $1.read } >= 4_000_000, "\(result.moved)")
  }

  @Test func `is asked only where tasks are accounted`() async throws {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    let result = try await container.run(
      .python(["-c", "print(1)"]), files: [], limits: Limits(), observation: Observation())
    await container.close()
    #expect(result.moved.isEmpty)
  }
}
