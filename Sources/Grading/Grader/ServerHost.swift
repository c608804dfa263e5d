import Foundation
import Sandboxing
import Synchronization

/// Keeps an exercise's server running, in a container of its own, while submissions are run beside it.
struct ServerHost: Sendable {
  /// What the environment of those it serves says of where it can be reached.
  let environment: [String: String]
  private let server: ExerciseServer
  private let program: Program
  private let language: any Language
  private let executor: any Executor
  private let folder: ServerFolder
  private let listener: LoopbackListener?

  /// Room for a run's connections and complaints: those of 64 processes, with the 1,024 open files that each has by default.
  ///
  /// An exercise may allow more, and a machine less; a server that nothing can stop turns away whom it has no files for.
  private static let limits = Limits(
    wallTime: .seconds(24 * 3600), memory: 512 << 20, output: 64 << 20, openFiles: 1 << 16)

  /// A server that makes its socket in a folder, which those it serves can see, and has a port where there is a listener.
  init(
    _ server: ExerciseServer, in folder: ServerFolder, at listener: LoopbackListener?, language: any Language,
    executor: any Executor
  ) {
    self.server = server
    self.folder = folder
    self.listener = listener
    self.language = language
    self.executor = executor
    environment =
      listener.map { [ExerciseServer.portVariable: "\($0.port)"] }
      ?? [ExerciseServer.socketVariable: Self.socket(in: folder)]
    program = language.prepare(
      Submission(
        id: server.name, program: SubmittedFile(path: server.name, contents: server.contents, isExecutable: true)))
  }

  /// Does something while the server runs.
  /// - Parameter body: what is done.
  /// - Returns: what the body gives.
  /// - Throws: what the body throws, or `ServerError` when the server does not start or ends by itself.
  func during<Value>(_ body: () async throws -> Value) async throws -> Value {
    let container = try await executor.makeContainer(
      ContainerConfiguration(readable: language.readable, writable: [folder.path]))
    try folder.admitPrograms(of: container.tier)
    let (command, files) = (command, program.files)
    let run = Task {
      try await container.run(
        command, files: files, limits: Self.limits,
        observation: Observation(countsBirths: false, detectsDeadlock: false))
    }
    let outcome = await outcome(of: body, beside: run)
    let ending = await end(run, container)
    let value = try outcome.get()
    try ending.get()
    return value
  }

  private func outcome<Value>(
    of body: () async throws -> Value, beside run: Task<ExecutionResult, any Error>
  ) async -> Result<Value, any Error> {
    do {
      try await waitUntilReady(run)
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  private var command: Command {
    var command = program.command(for: Scenario(id: "server"), mode: .plain)
    command.environment[ExerciseServer.socketVariable] = Self.socket(in: folder)
    command.environment[ExerciseServer.latencyVariable] = server.latency.map { "\($0 / .seconds(1))" }
    if let listener {
      command.environment[ExerciseServer.portVariable] = "\(listener.port)"
      command.standardInput = .listener(listener)
    }
    return command
  }

  /// The server makes its socket when it is ready, and not before.
  private func waitUntilReady(_ run: Task<ExecutionResult, any Error>) async throws {
    let hasEnded = Mutex(false)
    Task {
      _ = await run.result
      hasEnded.withLock { $0 = true }
    }
    let deadline = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: Self.socket(in: folder)) {
      try Task.checkCancellation()
      if hasEnded.withLock(\.self) { try Self.requireRunning(await run.value, server.name) }
      if ContinuousClock.now > deadline {
        throw ServerError("The exercise's server \(server.name) made no socket within a minute.")
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Ends the server; a failure where it had ended by itself.
  private func end(
    _ run: Task<ExecutionResult, any Error>, _ container: any Container
  ) async -> Result<Void, any Error> {
    run.cancel()
    let result = await run.result
    await container.close()
    if case .failure(is CancellationError) = result { return .success(()) }
    return Result { try Self.requireRunning(result.get(), server.name) }
  }

  /// A server ends when it is told to; whatever its clients then did is no fault of theirs.
  private static func requireRunning(_ result: ExecutionResult, _ name: String) throws(ServerError) {
    guard result.termination != .cancelled else { return }
    let errors = String(decoding: result.errorOutput.suffix(2000), as: UTF8.self)
    throw ServerError("The exercise's server \(name) ended by itself (\(result.termination)). It printed: \(errors)")
  }

  private static func socket(in folder: ServerFolder) -> String { "\(folder.path)/socket" }
}

/// A failure of an exercise's server, never of a submission.
struct ServerError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
