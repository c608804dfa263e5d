import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

@Suite("A container's programs", .requiresSandbox, .requiresPython)
struct ContainerTests {
  private func container(
    _ configuration: ContainerConfiguration = ContainerConfiguration()
  ) async throws -> any Container {
    try await Sandbox().makeContainer(configuration)
  }

  private func output(_ result: ExecutionResult) -> String { String(decoding: result.output, as: UTF8.self) }

  private func run(
    _ script: String, files: [ContainerFile] = [], in container: any Container, limits: Limits = Limits()
  ) async throws -> ExecutionResult {
    try await container.run(.python(["-c", script]), files: files, limits: limits, observation: Observation())
  }

  @Test func `get exactly their arguments, environment and input`() async throws {
    let command = Command(
      executable: "/usr/bin/python3",
      arguments: ["-c", "import os, sys; print(sys.argv[1:], os.environ['WORD'], sys.stdin.read())", "a b", ""],
      environment: ["WORD": "x=y"], standardInput: .bytes(Array("typed".utf8)))
    let result = try await container().run(command, files: [], limits: Limits(), observation: Observation())
    #expect(output(result) == "['a b', ''] x=y typed\n")
  }

  @Test func `inherit no descriptor of the harness`() async throws {
    let script = "import os; print([int(f) for f in os.listdir('/proc/self/fd')][:-1])"
    #expect(output(try await run(script, in: container())) == "[0, 1, 2]\n")
  }

  @Test func `read the harness's files but can't change them`() async throws {
    let script = """
      import sys
      print(open('/threadmark/told.txt').read())
      for path in ('/threadmark/told.txt', '/threadmark/new'):
          try:
              open(path, 'a')
          except OSError:
              print("refused")
      """
    let files = [ContainerFile(path: "told.txt", in: .harness, contents: Array("told".utf8))]
    let container = try await Sandbox(tier: .namespaces).makeContainer(ContainerConfiguration())
    #expect(output(try await run(script, files: files, in: container)) == "told\nrefused\nrefused\n")
  }

  @Test func `see nothing of the machine's own folders`() async throws {
    let script = """
      import os
      for path in ('/root', '/home', '/var', '/etc/shadow', '\(Fixtures.packageRoot.path)', '/proc/1/environ'):
          try:
              os.listdir(path) if os.path.isdir(path) else open(path)
              print('sees', path)
          except OSError:
              pass
      """
    #expect(output(try await run(script, in: container())) == "")
  }

  @Test(.requires(.namespaces)) func `reach loopback only when it was asked for`() async throws {
    let script = """
      import socket
      server = socket.socket()
      server.bind(('127.0.0.1', 0))
      server.listen()
      try:
          socket.create_connection(server.getsockname(), timeout=5)
          print('connected')
      except OSError:
          print('no network')
      """
    let sandbox = try await Sandbox(tier: .namespaces)
    let none = try await sandbox.makeContainer(ContainerConfiguration())
    let loopback = try await sandbox.makeContainer(ContainerConfiguration(network: .loopback))
    #expect(output(try await run(script, in: none)) == "no network\n")
    #expect(output(try await run(script, in: loopback)) == "connected\n")
  }

  @Test(.requires(.namespaces)) func `share one limit on all their files`() async throws {
    let container = try await Sandbox(tier: .namespaces).makeContainer(ContainerConfiguration(diskSpace: 4 << 20))
    let script = """
      try:
          for folder in ('/tmp', '/work', '/dev/shm'):
              for number in range(9):
                  open(f'{folder}/{number}', 'wb').write(bytes(1 << 19))
      except OSError as error:
          print(error.errno)
      """
    #expect(output(try await run(script, in: container)) == "\(ENOSPC)\n")
  }

  @Test func `show a file that is being executed, in a folder that is visible too`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("threadmark-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appendingPathComponent("sleep").path
    try FileManager.default.copyItem(atPath: "/bin/sleep", toPath: program)
    let sandbox = try await Sandbox()
    let configuration = ContainerConfiguration(readable: [folder.path, program])
    let first = try await sandbox.makeContainer(configuration)
    let busy = Task {
      try await first.run(
        Command(executable: program, arguments: ["1000"]), files: [], limits: Limits(wallTime: .seconds(600)),
        observation: Observation())
    }
    try await eventually { !ProcessTable.commandLines(containing: program).isEmpty }
    let second = try await sandbox.makeContainer(configuration)
    let result = try await second.run(
      Command(executable: program, arguments: ["0"]), files: [], limits: Limits(), observation: Observation())
    #expect(result.termination == .exited(0))
    busy.cancel()
    let end = try await busy.value.termination
    #expect(end == .cancelled)
  }

  @Test func `are cut off at exactly the output limit`() async throws {
    let result = try await run(
      "print('x' * 200_000)", in: container(), limits: Limits(wallTime: .seconds(60), output: 100_000))
    #expect(result.termination == .outputLimit)
    #expect(result.output == [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
    #expect(result.outputBytes > 100_000)
  }

  @Test func `are followed while they run`() async throws {
    let heard = Mutex<[UInt8]>([])
    let observation = Observation(onOutput: { stream, bytes in
      if stream == .standardOutput { heard.withLock { $0 += bytes } }
    })
    let result = try await container().run(
      .python(["-c", "for i in range(1000): print(i, flush=True)"]), files: [], limits: Limits(),
      observation: observation)
    #expect(heard.withLock { $0 } == result.output)
    #expect(result.outputBytes == 3890)
  }

  @Test func `end when the harness cancels them`() async throws {
    let container = try await container()
    let run = Task {
      try await container.run(
        .python(["-c", "import time; time.sleep(1000)"]), files: [], limits: Limits(wallTime: .seconds(900)),
        observation: Observation())
    }
    run.cancel()
    #expect(try await run.value.termination == .cancelled)
  }

  @Test func `run side by side without seeing each other`() async throws {
    let sandbox = try await Sandbox()
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<6 {
        group.addTask {
          let container = try await sandbox.makeContainer(ContainerConfiguration())
          let script = "import os, time; open('mine', 'w').close(); time.sleep(0.1); print(\(number), os.listdir('.'))"
          let result = try await container.run(
            .python(["-c", script]), files: [], limits: Limits(), observation: Observation())
          await container.close()
          return String(decoding: result.output, as: UTF8.self)
        }
      }
      let outputs = try await group.reduce(into: Set()) { $0.insert($1) }
      #expect(outputs == Set((0..<6).map { "\($0) ['mine']\n" }))
    }
  }

  @Test func `that lose their keeper are the harness's failure, and the next container works`() async throws {
    let sandbox = try await Sandbox()
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    let marker = "threadmark-test-\(UUID().uuidString)"
    let run = Task {
      try await container.run(
        .python(["-c", "import time; time.sleep(1000)", marker]), files: [],
        limits: Limits(wallTime: .seconds(900)), observation: Observation())
    }
    try await eventually { !ProcessTable.commandLines(containing: marker).isEmpty }
    kill(pid_t(try #require(sandbox.keeperProcessIdentifier)), SIGKILL)
    await #expect(throws: SandboxError.self) { try await run.value }
    try await eventually { ProcessTable.commandLines(containing: marker).isEmpty }
    let next = try await sandbox.makeContainer(ContainerConfiguration())
    #expect(try await self.run("pass", in: next).termination == .exited(0))
  }

  @Test func `tell nothing of what the runs before them printed`() async throws {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    for length in [50_000, 0, 3, 50_000, 7] {
      let result = try await run("print('x' * \(length), end='')", in: container)
      #expect(String(decoding: result.output, as: UTF8.self) == String(repeating: "x", count: length))
    }
    let endless = Task {
      try await self.run("print('y' * 100, flush=True)\nwhile True: pass", in: container)
    }
    // Cancelled at any moment: what such a run leaves in its journal is not the next one's either.
    endless.cancel()
    _ = try? await endless.value
    let result = try await run("print('z')", in: container)
    #expect(String(decoding: result.output, as: UTF8.self) == "z\n")
  }

  @Test func `leave the harness with the descriptors it had`() async throws {
    let sandbox = try await Sandbox()
    let container = try await sandbox.makeContainer(ContainerConfiguration())
    _ = try await run("pass", in: container)
    let keeper = try #require(sandbox.keeperProcessIdentifier)
    func targets() throws -> [String] {
      let folder = "/proc/\(keeper)/fd"
      return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
      }
    }
    // Without the listener of the child that is made ahead after a run: there is one at most, and it comes a moment later.
    // What a run had, its journal last, is closed a moment after its end was told.
    func open() async throws -> Int {
      try await eventually { try !targets().contains { $0.contains("memfd:journal") } }
      let targets = try targets()
      let listeners = targets.count { $0 == "anon_inode:seccomp notify" }
      #expect(listeners <= 1)
      return targets.count - listeners
    }
    let before = try await open()
    for _ in 0..<20 { _ = try await run("pass", in: container) }
    #expect(try await open() == before)
  }
}
