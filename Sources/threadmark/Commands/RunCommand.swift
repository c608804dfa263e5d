import ArgumentParser
import Foundation
import Sandboxing

/// Runs one command in the sandbox.
struct RunCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run one command in the sandbox and print what became of it as JSON.",
    discussion: """
      The command sees the system's programs, nothing of its surroundings and, unless asked for, no network. It starts in \
      an empty folder of its own, with PATH, HOME, LANG and TMPDIR set and nothing else. Its result is one JSON document on \
      standard output, with its output inside, up to 64 KiB of each stream. With --pass-through the output goes to the \
      terminal unfiltered while the command runs, and the document to standard error afterwards; --result writes the \
      document to a file instead.

      Status 0 means that the command ended by itself with status 0, and 1 that it did not.

      Examples:
        threadmark run -- python3 -c 'print(1)'
        threadmark run --wall 2s --memory 64MiB --tasks 8 -- ./a.out 5
        threadmark run --read ~/demo --cwd ~/demo --pass-through -- python3 a.py
      """)

  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Surroundings") var surroundings: SurroundingsOptions
  @OptionGroup var containment: TierOptions

  @Option(help: ArgumentHelp("Write standard output to a file instead of into the document.", valueName: "file"))
  var stdout: String?

  @Option(help: ArgumentHelp("Write standard error to a file instead of into the document.", valueName: "file"))
  var stderr: String?

  @Option(help: ArgumentHelp("Write the document to a file.", valueName: "file"))
  var result: String?

  @Flag(help: "Pass output on to the terminal as it comes, unfiltered.")
  var passThrough = false

  @Argument(parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    if command.isEmpty { throw ValidationError("There is no command to run: write it after --.") }
    if passThrough, stdout != nil || stderr != nil {
      throw ValidationError("--pass-through can't be combined with --stdout and --stderr.")
    }
  }

  func perform() async throws -> ExitStatus {
    let command = try surroundings.command(
      executable: ProgramLookup.absolutePath(of: command[0]), arguments: Array(command.dropFirst()))
    let outputs = [stdout, stderr, result].compactMap { $0 }.map(OutputTarget.init)
    try outputs.forEach { try $0.prepare() }
    let observation = Observation(onOutput: passThrough ? Self.passOn : nil)
    let configuration = try surroundings.configuration(for: command, diskSpace: limits.limits.diskSpace)
    let limits = limits.limits
    let (execution, signal) = try await Interruption.watched { [containment] in
      try await Self.execute(
        command, in: configuration, tier: containment.tier, limits: limits, observation: observation)
    }
    try publish(execution, of: command)
    if let signal { return ExitStatus(signal: signal) }
    return execution.termination == .exited(0) ? .success : .notAccepted
  }

  private static func execute(
    _ command: Command, in configuration: ContainerConfiguration, tier: IsolationTier?, limits: Limits,
    observation: Observation
  ) async throws -> ExecutionResult {
    do {
      let sandbox = try await Sandbox(tier: tier)
      sandbox.tier.warnIfUncontaining()
      // A sandbox that nobody holds any more ends its keeper, and with it the container.
      defer { withExtendedLifetime(sandbox) {} }
      let container = try await sandbox.makeContainer(configuration)
      let result = try await container.run(command, files: [], limits: limits, observation: observation)
      await container.close()
      return result
    } catch {
      throw CommandFailure.machine("\(error)")
    }
  }

  @Sendable private static func passOn(_ stream: JournalEntry.Stream, _ bytes: [UInt8]) {
    switch stream {
    case .standardOutput: StandardStreams.writeAll(bytes, to: STDOUT_FILENO)
    case .standardError: StandardStreams.writeAll(bytes, to: STDERR_FILENO)
    case .witness: break
    }
  }

  private func publish(_ execution: ExecutionResult, of command: Command) throws {
    if let stdout { try OutputTarget(path: stdout).write(execution.output) }
    if let stderr { try OutputTarget(path: stderr).write(execution.errorOutput) }
    let document = RunDocument(
      execution, of: command, includesOutput: stdout == nil && !passThrough,
      includesErrors: stderr == nil && !passThrough)
    let bytes = try document.json()
    if let result {
      try OutputTarget(path: result).write(bytes)
    } else if passThrough {
      StandardStreams.writeAll(bytes, to: STDERR_FILENO)
    } else {
      try StandardStreams.write(String(decoding: bytes, as: UTF8.self))
    }
  }
}
