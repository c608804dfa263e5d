/// One program to execute: what, with which arguments, environment, input and folder.
///
/// Paths are those the program sees, that is, inside its container.
public struct Command: Sendable, Equatable {
  /// The absolute path of the executable.
  public var executable: String
  /// The arguments after the program's own name.
  public var arguments: [String]
  /// The whole environment; nothing is inherited.
  public var environment: [String: String]
  /// The folder the program starts in; nil means the container's work folder.
  public var workingDirectory: String?
  /// What the program reads on standard input.
  public var standardInput: StandardInput
  /// The CPUs that its tasks may run on, by the kernel's numbers; nil means all that the harness may use.
  ///
  /// A program can't leave them: its own calls of `sched_setaffinity` are refused, with this given or not.
  public var cpus: Set<Int>?

  /// What a program reads on standard input.
  public enum StandardInput: Sendable, Equatable {
    /// Nothing: the end of file comes at once.
    case empty
    /// A file of the harness's own file system, opened by the harness.
    case file(path: String)
    /// These bytes.
    case bytes([UInt8])
    /// No text, but a socket that listens in another container.
    case listener(LoopbackListener)
  }

  /// Describes a program to execute.
  public init(
    executable: String,
    arguments: [String] = [],
    environment: [String: String] = [:],
    workingDirectory: String? = nil,
    standardInput: StandardInput = .empty,
    cpus: Set<Int>? = nil
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.standardInput = standardInput
    self.cpus = cpus
  }
}
