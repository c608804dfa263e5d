import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// An exercise's server, really running beside a program, in every tier that this machine offers.
@Suite(.requiresSandbox, .requiresPython)
struct ServerHostTests {
  private static let answering = """
    import os, socket
    path = os.environ["SERVER_SOCKET"]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path + ".unready")
        os.chmod(path + ".unready", 0o777)
        server.listen()
        os.rename(path + ".unready", path)
        while True:
            connection, _ = server.accept()
            connection.sendall(b"latency " + os.environ["SERVER_LATENCY"].encode())
            connection.close()
    """

  private static let asking = """
    import os, socket
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ["SERVER_SOCKET"])
        print(connection.makefile().read())
    """

  private func server(_ program: String) -> ExerciseServer {
    ExerciseServer(name: "server.py", contents: Array(program.utf8), latency: .milliseconds(250))
  }

  @Test(arguments: IsolationTier.allCases)
  func `a program is served, and nothing is left afterwards`(_ tier: IsolationTier) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
    let sandbox = try await Sandbox(tier: tier)
    let language = try await Python.find("/usr/bin/python3")
    let host = ServerHost(server(Self.answering), language: language, executor: sandbox)
    let (output, folder) = try await host.during { folder in
      let container = try await sandbox.makeContainer(
        ContainerConfiguration(readable: language.readable + [folder]))
      let command = Command(
        executable: language.interpreter, arguments: ["-c", Self.asking],
        environment: [ExerciseServer.socketVariable: ServerHost.socket(in: folder)])
      let result = try await container.run(
        command, files: [], limits: Limits(), observation: Observation(detectsDeadlock: false))
      await container.close()
      return (String(decoding: result.output + result.errorOutput, as: UTF8.self), folder)
    }
    #expect(output == "latency 0.25\n")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `a server that ends by itself is the exercise's failure, with what it printed`() async throws {
    let sandbox = try await Sandbox()
    let host = ServerHost(
      server("raise SystemExit('no pages today')"), language: try await Python.find("/usr/bin/python3"),
      executor: sandbox)
    let error = await #expect(throws: ServerError.self) { try await host.during { _ in } }
    #expect(error?.description.contains("server.py ended by itself") == true)
    #expect(error?.description.contains("no pages today") == true)
  }

  @Test func `what fails beside a server fails as what it is`() async throws {
    let host = ServerHost(
      server(Self.answering), language: try await Python.find("/usr/bin/python3"), executor: try await Sandbox())
    await #expect(throws: LanguageError.self) {
      try await host.during { _ in throw LanguageError("on purpose") }
    }
  }
}
