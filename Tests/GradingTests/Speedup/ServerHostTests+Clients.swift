import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// Clients that do to a server what they can, and servers that leave their clients.
extension ServerHostTests {
  static let fetching =
    connecting + """
      with connect() as connection:
          connection.sendall(b"a page\\n")
          print(len(connection.makefile().read()))
      """

  /// Asks for a page and leaves, sends without an end and leaves, leaves at once, connects as often as it can; then asks and waits.
  private static let leaving =
    connecting + """
      def flood():
          connection = connect()
          try: connection.sendall(b"x" * 100000)
          except OSError: pass
          connection.close()
      for _ in range(50):
          connect().sendall(b"a page\\n")
          flood()
          connect().close()
      for _ in range(1450): flood()
      held = []
      try:
          while True: held.append(connect())
      except OSError: pass
      held[-1].sendall(b"a page\\n")
      while held[-1].recv(100): pass
      held.clear()

      """ + fetching

  @Test(.requires(.cgroup)) func `clients that leave early hinder none that comes after them in tier A`() async throws {
    try await leave(in: .cgroup)
  }
  @Test(.requires(.namespaces)) func `clients that leave early hinder none that comes after them in tier B`()
    async throws
  { try await leave(in: .namespaces) }
  @Test(.requires(.ownUser)) func `clients that leave early hinder none that comes after them in tier C`() async throws
  { try await leave(in: .ownUser) }
  @Test(.requires(.light)) func `clients that leave early hinder none that comes after them in tier D`() async throws {
    try await leave(in: .light)
  }
  @Test(.requires(.bare)) func `clients that leave early hinder none that comes after them in tier E`() async throws {
    try await leave(in: .bare)
  }

  private func leave(in tier: IsolationTier) async throws {
    for hasPort in [false, true] {
      let served = try await run(Self.leaving, beside: pageServer(hasPort: hasPort), in: Sandbox(tier: tier))
      #expect(served.error == nil)
      #expect(served.text == "65\n", "\(String(describing: served.result?.termination))")
    }
  }

  /// Connects three times, of which one is accepted, and waits for what comes.
  private static let waiting =
    connecting + """
      connections = []
      for _ in range(3):
          try: connections.append(connect())
          except OSError: pass
      for connection in connections:
          try: connection.recv(1)
          except OSError: pass
      """

  @Test(arguments: [false, true])
  func `a server that goes away is seen by who waits for it, and is the exercise's failure`(
    _ hasPort: Bool
  ) async throws {
    let leaves = Self.answering.replacing("accept()\n", with: "accept(); os._exit(7)\n")
    for script in [Self.asking, Self.waiting] {
      let served = try await run(script, beside: server(leaves, hasPort: hasPort), in: Sandbox())
      #expect(served.result?.termination == .exited(0))
      #expect(
        served.error?.description.contains("ended by itself (exited(7))") == true, "\(String(describing: served.error))"
      )
    }
  }
}
