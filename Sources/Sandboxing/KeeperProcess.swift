internal import CKeeper
import Foundation
import Glibc
import Synchronization

/// A running keeper and the requests that it has not answered yet.
///
/// One thread of its own reads the keeper's messages; callers wait in continuations, never on a thread of the pool. The
/// same thread is the second watchdog: a keeper that does not answer long after a run must have ended is killed.
final class KeeperProcess: Sendable {
  /// What the keeper answered, with the descriptors that came along; the receiver closes them.
  enum Answer: Sendable {
    case opened(keeper_opened, descriptors: [Int32])
    case ended(keeper_ended)
  }

  private struct Pending {
    var continuation: CheckedContinuation<Answer, any Error>
    var deadline: ContinuousClock.Instant
    var follower: JournalFollower?
  }

  private struct State {
    var pending: [UInt64: Pending] = [:]
    var failure: String?
  }

  private let process: pid_t
  private let channel: Descriptor
  private let state = Mutex(State())

  private init(process: pid_t, channel: Descriptor) {
    self.process = process
    self.channel = channel
  }

  /// Whether it can take requests.
  var isAlive: Bool { state.withLock { $0.failure == nil } }

  /// The keeper's process id, for diagnosis and tests.
  var processIdentifier: Int { Int(process) }

  /// Starts a keeper and the thread that listens to it.
  static func start(executable: String) throws(SandboxError) -> KeeperProcess {
    var sockets: [Int32] = [-1, -1]
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0, &sockets) == 0 else {
      throw .systemCall("Making a channel to the keeper", call: "socketpair", errno: errno)
    }
    let channel = Descriptor(sockets[0])
    let other = Descriptor(sockets[1])
    let keeper = KeeperProcess(process: try spawn(executable, channel: other.number), channel: channel)
    do {
      try BackgroundThread.start { keeper.listen() }
    } catch {
      kill(keeper.process, SIGKILL)
      _ = keeper.reap(patience: .zero)
      throw error
    }
    return keeper
  }

  private static func spawn(_ executable: String, channel: Int32) throws(SandboxError) -> pid_t {
    var process: pid_t = 0
    let error = unsafe keeper_launch(executable, channel, &process)
    guard error == 0 else {
      throw .systemCall("Starting the keeper (\(executable))", call: "posix_spawn", errno: error)
    }
    return process
  }

  /// Sends a request and waits for its answer.
  /// - Parameters:
  ///   - message: the struct, whose header carries `key` as its run, or its container when it opens one.
  ///   - texts: what is sent behind it.
  ///   - descriptors: sent along.
  ///   - key: what the answer will be recognised by.
  ///   - patience: how long the answer may take before the keeper is given up.
  ///   - follower: told when the run's journal has grown.
  ///   - cancellation: sent when the calling task is cancelled.
  /// - Returns: the answer, whose descriptors the caller closes.
  /// - Throws: `SandboxError` when the keeper is gone or can't be reached.
  func ask<Message: BitwiseCopyable>(
    _ message: Message, followedBy texts: [UInt8] = [], descriptors: [Int32], key: UInt64, patience: Duration,
    follower: JournalFollower? = nil, cancellation: keeper_header? = nil
  ) async throws -> Answer {
    try await withTaskCancellationHandler {
      try await request(
        message, followedBy: texts, descriptors: descriptors, key: key, patience: patience, follower: follower,
        cancellation: cancellation)
    } onCancel: {
      if let cancellation { send(cancellation) }
    }
  }

  /// A cancellation that came before the request was sent is sent again after it: the keeper would not have known it.
  private func request<Message: BitwiseCopyable>(
    _ message: Message, followedBy texts: [UInt8], descriptors: [Int32], key: UInt64, patience: Duration,
    follower: JournalFollower?, cancellation: keeper_header?
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      let pending = Pending(continuation: continuation, deadline: .now + patience, follower: follower)
      let failure = state.withLock { state in
        if state.failure == nil { state.pending[key] = pending }
        return state.failure
      }
      if let failure {
        continuation.resume(throwing: SandboxError.keeperFailed(failure))
      } else if let error = send(message, followedBy: texts, descriptors: descriptors) {
        take(key)?.continuation.resume(
          throwing: SandboxError.systemCall("Sending to the keeper", call: "sendmsg", errno: error))
      } else if let cancellation, Task.isCancelled {
        send(cancellation)
      }
    }
  }

  /// Sends a message that has no answer; returns the errno of a failure.
  @discardableResult
  func send<Message: BitwiseCopyable>(
    _ message: Message, followedBy texts: [UInt8] = [], descriptors: [Int32] = []
  ) -> Int32? {
    let bytes = unsafe withUnsafeBytes(of: message) { unsafe [UInt8]($0) } + texts
    return unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return EINVAL }
      let result = unsafe descriptors.withUnsafeBufferPointer {
        unsafe keeper_send(channel.number, start, bytes.count, $0.baseAddress, $0.count, 0)
      }
      return result == 0 ? nil : errno
    }
  }

  /// Ends the keeper and with it everything it contains.
  func stop() {
    shutdown(channel.number, Int32(SHUT_RDWR))
  }

  private func take(_ key: UInt64) -> Pending? {
    state.withLock { $0.pending.removeValue(forKey: key) }
  }

  private func listen() {
    var storage = [UInt64](repeating: 0, count: 64)
    var descriptors = [Int32](repeating: -1, count: Int(KEEPER_MAX_DESCRIPTORS))
    while true {
      guard waitForMessage() else { continue }
      var count = 0
      let size = unsafe storage.withUnsafeMutableBytes { bytes -> Int in
        guard let start = bytes.baseAddress else { return -1 }
        return unsafe keeper_receive(channel.number, start, bytes.count, &descriptors, &count, 0)
      }
      guard size >= MemoryLayout<keeper_header>.size else { break }
      unsafe storage.withUnsafeBytes { unsafe handle($0, descriptors: Array(descriptors.prefix(count))) }
    }
    end()
  }

  /// Waits at most a second; false when nothing came, after a look at the deadlines.
  private func waitForMessage() -> Bool {
    var waiting = pollfd(fd: channel.number, events: Int16(POLLIN), revents: 0)
    if unsafe poll(&waiting, 1, 1000) > 0 { return true }
    let now = ContinuousClock.now
    if state.withLock({ $0.pending.values.contains { $0.deadline < now } }) { kill(process, SIGKILL) }
    return false
  }

  private func handle(_ bytes: UnsafeRawBufferPointer, descriptors: [Int32]) {
    let header = unsafe bytes.loadUnaligned(as: keeper_header.self)
    switch keeper_kind(header.kind) {
    case KEEPER_OPENED:
      let answer = Answer.opened(unsafe bytes.loadUnaligned(as: keeper_opened.self), descriptors: descriptors)
      if let pending = take(header.container) { pending.continuation.resume(returning: answer) }
    case KEEPER_ENDED:
      take(header.run)?.continuation.resume(returning: .ended(unsafe bytes.loadUnaligned(as: keeper_ended.self)))
    case KEEPER_GREW:
      state.withLock { $0.pending[header.run]?.follower }?.catchUp()
    default:
      break  // KEEPER_CLOSED: whoever closed it needs no word, and a run that it ended has had its own.
    }
  }

  private func end() {
    let status = reap(patience: .seconds(10))
    let signal = status & 0x7f
    let failure = signal == 0 ? "it ended with status \(status >> 8)." : "it was ended by signal \(signal)."
    let abandoned = state.withLock { state in
      state.failure = failure
      defer { state.pending = [:] }
      return Array(state.pending.values)
    }
    for pending in abandoned { pending.continuation.resume(throwing: SandboxError.keeperFailed(failure)) }
  }

  /// Waits for the keeper's own end, which may have folders to empty first, and kills it when that takes too long.
  private func reap(patience: Duration) -> Int32 {
    var status: Int32 = 0
    let deadline = ContinuousClock.now + patience
    while true {
      let reaped = unsafe waitpid(process, &status, WNOHANG)
      if reaped == process || (reaped < 0 && errno == ECHILD) { return status }
      if ContinuousClock.now > deadline { kill(process, SIGKILL) }
      usleep(2000)
    }
  }
}

/// Ends its keeper when neither a sandbox nor a container needs it any more.
final class KeeperHandle: Sendable {
  let keeper: KeeperProcess

  init(_ keeper: KeeperProcess) { self.keeper = keeper }

  deinit { keeper.stop() }
}
