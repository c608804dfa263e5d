import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import Grading

/// An exercise's server, really running beside a program, in every tier that this machine offers.
@Suite(.requiresSandbox, .requiresPython)
struct ServerHostTests {
  static let answering = """
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

  static let connecting = """
    import os, socket
    def connect():
        if "SERVER_PORT" in os.environ:
            return socket.create_connection(("127.0.0.1", int(os.environ["SERVER_PORT"])))
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.environ["SERVER_SOCKET"])
        return connection

    """

  static let asking =
    connecting + """
      with connect() as connection:
          print(connection.makefile().read())
      """

  func server(_ program: String, hasPort: Bool = false) -> ExerciseServer {
    ExerciseServer(name: "server.py", contents: Array(program.utf8), latency: .milliseconds(250), hasPort: hasPort)
  }

  /// The server of an exercise of ours.
  func pageServer(hasPort: Bool) throws -> ExerciseServer {
    let program = URL(filePath: Repository.root + "/exercises/io-bound-threads/programs/server.py")
    return ExerciseServer(
      name: "server.py", contents: Array(try Data(contentsOf: program)), latency: .milliseconds(20), hasPort: hasPort)
  }

  /// What came of a script beside a server.
  struct Served {
    var result: ExecutionResult?
    var error: ServerError?
    /// The folder of the machine that the server's folder is in.
    var place = ""
    var port: Int?

    var text: String { String(decoding: (result?.output ?? []) + (result?.errorOutput ?? []), as: UTF8.self) }
  }

  func run(
    _ script: String, beside server: ExerciseServer, in sandbox: Sandbox
  ) async throws -> Served {
    try await run(beside: server, in: sandbox) { _ in script }
  }

  func run(
    beside server: ExerciseServer, in sandbox: Sandbox, script: (_ served: Served) async throws -> String
  ) async throws -> Served {
    let language = try await Python.find("/usr/bin/python3")
    var served = Served()
    do {
      try await ServerFolder.with { folder in
        let container = try await sandbox.makeContainer(
          ContainerConfiguration(readable: language.readable + [folder.path], hasListener: server.hasPort))
        served.place = URL(filePath: folder.path).deletingLastPathComponent().path
        served.port = container.listener?.port
        let host = ServerHost(
          server, in: folder, at: container.listener, language: language, executor: sandbox)
        try await host.during {
          let command = Command(
            executable: language.interpreter, arguments: ["-c", try await script(served)],
            environment: host.environment)
          served.result = try await container.run(
            command, files: [], limits: Limits(wallTime: .seconds(300)),
            observation: Observation(detectsDeadlock: false)
          )
        }
        await container.close()
      }
    } catch let error as ServerError { served.error = error }
    return served
  }

  @Test(.requires(.cgroup)) func `a program is served, and nothing is left afterwards in tier A`() async throws {
    try await serve(in: .cgroup)
  }
  @Test(.requires(.namespaces)) func `a program is served, and nothing is left afterwards in tier B`() async throws {
    try await serve(in: .namespaces)
  }
  @Test(.requires(.ownUser)) func `a program is served, and nothing is left afterwards in tier C`() async throws {
    try await serve(in: .ownUser)
  }
  @Test(.requires(.light)) func `a program is served, and nothing is left afterwards in tier D`() async throws {
    try await serve(in: .light)
  }
  @Test(.requires(.bare)) func `a program is served, and nothing is left afterwards in tier E`() async throws {
    try await serve(in: .bare)
  }

  private func serve(in tier: IsolationTier) async throws {
    for hasPort in [false, true] {
      let served = try await run(
        Self.asking, beside: server(Self.answering, hasPort: hasPort), in: Sandbox(tier: tier))
      #expect(served.text == "latency 0.25\n")
      #expect((served.port != nil) == (hasPort && tier.hasNamespaces))
      #expect(!FileManager.default.fileExists(atPath: served.place))
    }
  }

  /// Looks for a way to a server's socket as a user who has nothing to do with it.
  private static let seeking = """
    import glob, os, re, socket, sys
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    place, texts = sys.argv[1], []
    try: texts += [place + "/" + name for name in os.listdir(place)]
    except OSError: pass
    for path in ["/proc/net/unix"] + glob.glob("/proc/[0-9]*/mountinfo"):
        try: texts.append(open(path).read())
        except OSError: pass
    for folder in set(re.findall(re.escape(place) + "/[-0-9A-F]+", " ".join(texts))):
        try:
            socket.socket(socket.AF_UNIX).connect(folder + "/socket")
            print("reached the server")
        except OSError: pass
        try:
            os.rename(folder + "/socket", folder + "/mine")
            print("took its socket")
        except OSError: pass
    print("looked")
    """

  @Test(isRoot, .requires(.cgroup)) func `nobody else finds a way to the server in tier A`() async throws {
    try await hide(in: .cgroup)
  }
  @Test(isRoot, .requires(.namespaces)) func `nobody else finds a way to the server in tier B`() async throws {
    try await hide(in: .namespaces)
  }
  @Test(isRoot, .requires(.ownUser)) func `nobody else finds a way to the server in tier C`() async throws {
    try await hide(in: .ownUser)
  }
  @Test(isRoot, .requires(.light)) func `nobody else finds a way to the server in tier D`() async throws {
    try await hide(in: .light)
  }
  @Test(isRoot, .requires(.bare)) func `nobody else finds a way to the server in tier E`() async throws {
    try await hide(in: .bare)
  }

  private static let isRoot = ConditionTrait.enabled(if: geteuid() == 0, "only root can be other users")

  private func hide(in tier: IsolationTier) async throws {
    let served = try await run(beside: pageServer(hasPort: false), in: Sandbox(tier: tier)) { served in
      let (status, output) = try Outside.run("/usr/bin/python3", ["-c", Self.seeking, served.place])
      #expect(status == 0 && String(decoding: output, as: UTF8.self) == "looked\n")
      return Self.fetching
    }
    #expect(served.text == "65\n")
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
    var others: [any Container] = []
    let served = try await run(beside: server(Self.answering, hasPort: true), in: sandbox) { served in
      // A network of its own may have chosen the same port.
      repeat {
        others.append(try await sandbox.makeContainer(ContainerConfiguration(hasListener: true)))
      } while others.last?.listener?.port == served.port
      let outer = try #require(others.last?.listener?.port)
      return Self.grasping.replacing("OUTER", with: "\(outer)") + "\n" + Self.asking
    }
    #expect(served.text == "latency 0.25\n")
    for other in others { await other.close() }
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
      try await ServerFolder.with { folder in
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
      try await ServerFolder.with { folder in
        try await ServerHost(server(""), in: folder, at: nil, language: language, executor: executor)
          .during { allow.finish() }
      }
    }
    #expect(executor.containers.count == 1 && executor.openContainers == 0)
  }
}
