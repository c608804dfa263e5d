import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

/// What can't be executed: the step that failed and the kernel's reason, never a failure of the sandbox's own.
@Suite("A program that can't be started", .requiresSandbox, .serialized)
struct StartFailureTests {
  private static let step = "executing the program"

  private static let files = [
    ContainerFile(path: "plain", contents: Array("text".utf8)),
    ContainerFile(path: "nonsense", contents: Array("no program".utf8), isExecutable: true),
    ContainerFile(path: "empty", contents: [], isExecutable: true),
    ContainerFile(path: "lost", contents: Array("#!/nowhere/interpreter\n".utf8), isExecutable: true),
    ContainerFile(path: "circular", contents: Array("#!/work/circular\n".utf8), isExecutable: true),
    ContainerFile(path: "folder/file", contents: []),
  ]

  private func run(
    _ executable: String, _ arguments: [String] = [], in container: any Container
  ) async throws -> TerminationStatus {
    try await container.run(
      Command(executable: executable, arguments: arguments), files: Self.files, limits: Limits(),
      observation: Observation()
    ).termination
  }

  private func inEveryTier(
    _ configuration: ContainerConfiguration = ContainerConfiguration(), _ body: (any Container) async throws -> Void
  ) async throws {
    for tier in IsolationTier.allCases where await TierProbe.shared.offers(tier) {
      let container = try await Sandbox(tier: tier).makeContainer(configuration)
      try await body(container)
      // And the container works on.
      #expect(try await run("/bin/true", in: container) == .exited(0))
      await container.close()
    }
  }

  @Test(arguments: [
    ("missing", ENOENT), ("plain", EACCES), ("folder", EACCES), ("plain/file", ENOTDIR), ("nonsense", ENOEXEC),
    ("empty", ENOEXEC), ("lost", ENOENT), (String(repeating: "l", count: 5000), ENAMETOOLONG),
  ])
  func `says so, with the kernel's reason`(name: String, number: Int32) async throws {
    try await inEveryTier { (container) async throws in
      #expect(
        try await run("/work/\(name)", in: container) == .notStarted(stage: Self.step, errno: number),
        "\(name) in tier \(container.tier)")
    }
  }

  @Test func `says so when its arguments are more than the kernel takes`() async throws {
    let long = [String](repeating: String(repeating: "a", count: 100_000), count: 100)
    try await inEveryTier { (container) async throws in
      #expect(try await run("/bin/true", long, in: container) == .notStarted(stage: Self.step, errno: E2BIG))
    }
  }

  /// Kernels differ in whether a file that somebody is writing can be executed.
  @Test func `says so when somebody still writes it, or is run`() async throws {
    let folder = try TemporaryFolder()
    let program = folder.path("true")
    try FileManager.default.copyItem(atPath: "/bin/true", toPath: program)
    chmod(folder.path, 0o755)
    let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: program))
    let outside = (try? OutsideProgram(program, []).run().status) == 0
    try await inEveryTier(ContainerConfiguration(readable: [folder.path])) { (container) async throws in
      #expect(
        try await run(program, in: container)
          == (outside ? .exited(0) : .notStarted(stage: Self.step, errno: ETXTBSY)))
    }
    try writer.close()
  }

  @Test func `a file that was just written can be executed, however many processes are started beside it`() async throws
  {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    let program = try Data(contentsOf: URL(fileURLWithPath: "/bin/true"))
    let file = ContainerFile(path: "program", contents: Array(program), isExecutable: true)
    let isOver = Mutex(false)
    for _ in 0..<3 {
      Thread.detachNewThread { while !isOver.withLock(\.self) { _ = try? OutsideProgram("/bin/true", []).run() } }
    }
    var failures: [TerminationStatus] = []
    for _ in 0..<300 {
      let result = try await container.run(
        Command(executable: "/work/program"), files: [file], limits: Limits(), observation: Observation())
      if result.termination != .exited(0) { failures.append(result.termination) }
    }
    isOver.withLock { $0 = true }
    #expect(failures == [])
    await container.close()
  }
}
