import Foundation
import Glibc
import Sandboxing
import Testing
import TestSupport

/// The machine's own network, which an exercise must ask for.
@Suite("The machine's network", .requiresSandbox, .requiresPython)
struct NetworkTests {
  /// Whether a program reaches a port of this machine at which somebody listens.
  private func reaches(_ port: Int, network: NetworkAccess, in tier: IsolationTier) async throws -> Bool {
    let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration(network: network))
    let script = """
      import socket
      try: print(socket.create_connection(('127.0.0.1', \(port)), timeout=30) and 'reached')
      except OSError as error: print(error)
      """
    let result = try await container.run(
      .python(["-c", script]), files: [], limits: Limits(wallTime: .seconds(60)), observation: Observation())
    await container.close()
    return String(decoding: result.output, as: UTF8.self) == "reached\n"
  }

  @Test func `is reached only where it was asked for`() async throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(listener) }
    let port = try #require(Surroundings.listenOnLoopback(listener))
    for tier in IsolationTier.allCases where await TierProbe.shared.offers(tier) {
      #expect(try await reaches(port, network: .host, in: tier), "tier \(tier)")
      guard tier.isContaining else { continue }
      #expect(try await !reaches(port, network: .none, in: tier), "tier \(tier)")
      guard tier.hasNamespaces else { continue }
      #expect(try await !reaches(port, network: .loopback, in: tier), "tier \(tier)")
    }
  }
}
