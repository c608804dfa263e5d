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

  /// Asks for a page and leaves, sends without an end and leaves, leaves at once; then asks and waits.
  private static let leaving = """
    import os, socket
    def connect():
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.environ["SERVER_SOCKET"])
        return connection
    for _ in range(50):
        connect().sendall(b"a page\\n")
        flood = connect()
        try:
            for _ in range(4): flood.sendall(b"x" * 100000)
        except OSError: pass
        flood.close()
        connect().close()
    last = connect()
    last.sendall(b"a page\\n")
    print(len(last.makefile().read()))
    """

  private func run(
    _ script: String, beside server: ExerciseServer, in sandbox: Sandbox
  ) async throws -> (result: ExecutionResult?, error: ServerError?) {
    let language = try await Python.find("/usr/bin/python3")
    var result: ExecutionResult?
    do {
      result = try await ServerHost(server, language: language, executor: sandbox).during { folder in
        let container = try await sandbox.makeContainer(
          ContainerConfiguration(readable: language.readable + [folder]))
        let command = Command(
          executable: language.interpreter, arguments: ["-c", script],
          environment: [ExerciseServer.socketVariable: ServerHost.socket(in: folder)])
        let result = try await container.run(
          command, files: [], limits: Limits(wallTime: .seconds(60)), observation: Observation(detectsDeadlock: false))
        await container.close()
        return result
      }
    } catch let error as ServerError { return (nil, error) }
    return (result, nil)
  }

  @Test(arguments: IsolationTier.allCases)
  func `clients that leave early hinder none that comes after them`(_ tier: IsolationTier) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
    let program = Repository.root + "/exercises/io-bound-threads/programs/server.py"
    let server = ExerciseServer(
      name: "server.py", contents: Array(try Data(contentsOf: URL(filePath: program))), latency: .milliseconds(20))
    let (result, error) = try await run(Self.leaving, beside: server, in: Sandbox(tier: tier))
    #expect(error == nil)
    #expect(String(decoding: (result?.output ?? []) + (result?.errorOutput ?? []), as: UTF8.self) == "65\n")
  }

  @Test func `a server that goes away is seen by who waits for it, and is the exercise's failure`() async throws {
    let leaves = Self.answering.replacing("connection, _ = server.accept()", with: "server.accept(); os._exit(7)")
    let (result, error) = try await run(Self.asking, beside: server(leaves), in: Sandbox())
    #expect(result == nil)
    #expect(error?.description.contains("ended by itself (exited(7))") == true, "\(String(describing: error))")
  }
}
