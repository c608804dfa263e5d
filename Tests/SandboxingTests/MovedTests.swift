import Foundation
import Sandboxing
import Testing
import TestSupport

@Suite("What processes read and write", .requiresSandbox, .requiresPython)
struct MovedTests {
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "/proc/self/io"), "the kernel keeps no account of it (/proc/self/io)"),
    arguments: IsolationTier.allCases.filter(\.isContaining))
  func `is known however they end`(_ tier: IsolationTier) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
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
    #expect(moved[0].bytes >= 4_000_000 && moved[0].calls >= 40)
    #expect(moved[2].bytes >= 12_000_000 && moved[2].calls >= 120)
    #expect(moved[2].bytes < 20_000_000)
  }

  @Test func `is asked only where tasks are accounted`() async throws {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    let result = try await container.run(
      .python(["-c", "print(1)"]), files: [], limits: Limits(), observation: Observation())
    await container.close()
    #expect(result.moved.isEmpty)
  }
}
