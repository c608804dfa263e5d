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
    path, port = os.environ["SERVER_SOCKET"], os.environ.get("SERVER_PORT")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path + ".unready")
        os.chmod(path + ".unready", 0o777)
        server.listen()
        os.rename(path + ".unready", path)
        while True:
            connection, _ = (server if port is None else socket.socket(fileno=0)).accept()
            connection.sendall(b"latency " + os.environ["SERVER_LATENCY"].encode())
            connection.close()
    """

  private static let connecting = """
    import os, socket
    def connect():
        if "SERVER_PORT" in os.environ:
            return socket.create_connection(("127.0.0.1", int(os.environ["SERVER_PORT"])))
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.environ["SERVER_SOCKET"])
        return connection

    """

  private static let asking =
    connecting + """
      with connect() as connection:
          print(connection.makefile().read())
      """

  private func server(_ program: String, hasPort: Bool = false) -> ExerciseServer {
    ExerciseServer(name: "server.py", contents: Array(program.utf8), latency: .milliseconds(250), hasPort: hasPort)
  }

  /// What came of a script beside a server.
  private struct Served {
    var result: ExecutionResult?
    var error: ServerError?
    var folder = ""
    var port: Int?

    var text: String { String(decoding: (result?.output ?? []) + (result?.errorOutput ?? []), as: UTF8.self) }
  }

  private func run(
    _ script: String, beside server: ExerciseServer, in sandbox: Sandbox
  ) async throws -> Served {
    let language = try await Python.find("/usr/bin/python3")
    var served = Served()
    do {
      try await ServerHost.withFolder { folder in
        let container = try await sandbox.makeContainer(
          ContainerConfiguration(readable: language.readable + [folder], hasListener: server.hasPort))
        (served.folder, served.port) = (folder, container.listener?.port)
        let host = ServerHost(
          server, in: folder, at: container.listener, language: language, executor: sandbox)
        let command = Command(
          executable: language.interpreter, arguments: ["-c", script], environment: host.environment)
        try await host.during {
          served.result = try await container.run(
            command, files: [], limits: Limits(wallTime: .seconds(60)), observation: Observation(detectsDeadlock: false)
          )
        }
        await container.close()
      }
    } catch let error as ServerError { served.error = error }
    return served
  }

  @Test(arguments: IsolationTier.allCases)
  func `a program is served, and nothing is left afterwards`(_ tier: IsolationTier) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
    for hasPort in [false, true] {
      let served = try await run(
        Self.asking, beside: server(Self.answering, hasPort: hasPort), in: Sandbox(tier: tier))
      #expect(served.text == "latency 0.25\n")
      #expect((served.port != nil) == (hasPort && tier.hasNamespaces))
      #expect(!FileManager.default.fileExists(atPath: served.folder))
    }
  }

  /// Tries to take the port, and to reach one beyond the container.
  private static let grasping = """
    import os, socket
    port = int(os.environ["SERVER_PORT"])
    for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
        with socket.socket() as own:
            own.setsockopt(socket.SOL_SOCKET, option, 1)
            try:
                own.bind(("127.0.0.1", port))
                own.listen()
                print("took the port")
            except OSError: pass
    try:
        socket.create_connection(("127.0.0.1", OUTER), timeout=5)
        print("reached another")
    except OSError: pass
    """

  @Test(.requires(.namespaces))
  func `a port is nobody else's, and leads nowhere but to the server`() async throws {
    let sandbox = try await Sandbox()
    let one = server(Self.answering, hasPort: true)
    try await ServerHost.withFolder { folder in
      let language = try await Python.find("/usr/bin/python3")
      let other = try await sandbox.makeContainer(
        ContainerConfiguration(readable: language.readable, hasListener: true))
      let listener = try #require(other.listener)
      let script = Self.grasping.replacing("OUTER", with: "\(listener.port)") + "\n" + Self.asking
      let served = try await run(script, beside: one, in: sandbox)
      if served.port != listener.port { #expect(served.text == "latency 0.25\n") }
      await other.close()
    }
  }

  @Test func `a server that ends by itself is the exercise's failure, with what it printed`() async throws {
    let served = try await run(
      Self.asking, beside: server("raise SystemExit('no pages today')"), in: Sandbox())
    #expect(served.error?.description.contains("server.py ended by itself") == true)
    #expect(served.error?.description.contains("no pages today") == true)
  }

  @Test func `what fails beside a server fails as what it is`() async throws {
    let language = try await Python.find("/usr/bin/python3")
    let sandbox = try await Sandbox()
    await #expect(throws: LanguageError.self) {
      try await ServerHost.withFolder { folder in
        try await ServerHost(
          server(Self.answering), in: folder, at: nil, language: language, executor: sandbox
        ).during { throw LanguageError("on purpose") }
      }
    }
  }

  @Test func `a server that ended beside what succeeded is ended once`() async throws {
    let (ending, allow) = AsyncStream.makeStream(of: Never.self)
    let executor = ScriptedExecutor { run in
      let socket = try #require(run.command.environment[ExerciseServer.socketVariable])
      #expect(FileManager.default.createFile(atPath: socket, contents: nil))
      for await _ in ending {}
      return ExecutionResult(termination: .exited(3))
    }
    let language = try await Python.find("/usr/bin/python3")
    await #expect(throws: ServerError.self) {
      try await ServerHost.withFolder { folder in
        try await ServerHost(server(""), in: folder, at: nil, language: language, executor: executor)
          .during { allow.finish() }
      }
    }
    #expect(executor.containers.count == 1 && executor.openContainers == 0)
  }

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
      last = connect()
      last.sendall(b"a page\\n")
      print(len(last.makefile().read()))
      """

  @Test(arguments: IsolationTier.allCases)
  func `clients that leave early hinder none that comes after them`(_ tier: IsolationTier) async throws {
    guard await TierProbe.shared.offers(tier) else { return }
    let program = Repository.root + "/exercises/io-bound-threads/programs/server.py"
    for hasPort in [false, true] {
      let server = ExerciseServer(
        name: "server.py", contents: Array(try Data(contentsOf: URL(filePath: program))), latency: .milliseconds(20),
        hasPort: hasPort)
      let served = try await run(Self.leaving, beside: server, in: Sandbox(tier: tier))
      #expect(served.error == nil)
      #expect(served.text == "65\n")
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
