internal import CKeeper
import Glibc

/// A program of the machine itself, run outside of any container: an interpreter that is asked about itself, say.
///
/// Its streams are memory files, so nothing it leaves behind can keep a pipe open and nobody has to read along.
public struct OutsideProgram: Sendable {
  /// A path, or a name that is looked up on `PATH`.
  public var executable: String
  /// The arguments after its name.
  public var arguments: [String]
  /// The whole environment; nil for this process's own.
  public var environment: [String: String]?
  /// Where it is started; nil for this process's own folder.
  public var folder: String?
  /// What it reads on standard input.
  public var input: [UInt8]

  /// How it ended and what it said.
  public struct Output: Sendable {
    /// Its exit status; a signal that ended it counts as in a shell, from 128.
    public var status: Int
    /// Its standard output.
    public var output: [UInt8]
    /// Its standard error.
    public var errors: [UInt8]
  }

  /// A program of the machine itself.
  public init(
    _ executable: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil,
    input: [UInt8] = []
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
  }

  /// Runs it to its end; blocks, so call it on a thread of its own.
  /// - Parameters:
  ///   - patience: how long it may take before it is killed.
  ///   - whileRunning: called with its process id once it runs.
  /// - Returns: how it ended and what it said.
  /// - Throws: `SandboxError` when it can't be started.
  public func run(
    patience: Duration = .seconds(60), whileRunning: (Int32) -> Void = { _ in }
  ) throws(SandboxError) -> Output {
    let streams = [
      try Descriptor.memoryFile(named: "input", input), try Descriptor.memoryFile(named: "output"),
      try Descriptor.memoryFile(named: "errors"),
    ]
    let process = try start(streams.map(\.number))
    whileRunning(process)
    let status = Self.wait(for: process, patience: patience)
    let signal = status & 0x7f
    return Output(
      status: Int(signal == 0 ? (status >> 8) & 0xff : 128 + signal), output: try streams[1].readAll(),
      errors: try streams[2].readAll())
  }

  private func start(_ streams: [Int32]) throws(SandboxError) -> pid_t {
    var process: pid_t = 0
    let words = unsafe CStrings([executable] + arguments)
    let variables = unsafe environment.map { unsafe CStrings($0.map { "\($0.key)=\($0.value)" }.sorted()) }
    defer {
      unsafe words.free()
      unsafe variables?.free()
    }
    let error = unsafe keeper_spawn(executable, words.pointers, variables?.pointers, folder, streams, &process)
    guard error == 0 else { throw .systemCall("Starting \(executable)", call: "posix_spawn", errno: error) }
    return process
  }

  private static func wait(for process: pid_t, patience: Duration) -> Int32 {
    var status: Int32 = 0
    let deadline = ContinuousClock.now + patience
    while true {
      let reaped = unsafe waitpid(process, &status, WNOHANG)
      if reaped == process || (reaped < 0 && errno == ECHILD) { return status }
      // Not reaped yet, so the number is still its own.
      if ContinuousClock.now > deadline { kill(process, SIGKILL) }
      usleep(1000)
    }
  }
}

/// Strings as C wants a list of them.
@unsafe private struct CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    unsafe pointers = .allocate(capacity: strings.count + 1)
    unsafe count = strings.count
    for (index, string) in strings.enumerated() { unsafe pointers[index] = strdup(string) }
    unsafe pointers[strings.count] = nil
  }

  func free() {
    for index in unsafe 0..<count { unsafe Glibc.free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
