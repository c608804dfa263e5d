import Dispatch
import Foundation
import Synchronization

/// Work that a first SIGINT, SIGTERM or SIGHUP cancels and a second one ends at once.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Does work in a task that signals cancel.
  /// - Parameter work: what to do; it must answer to cancellation, and its result is kept.
  /// - Returns: what it returned, and the signal that came while it ran.
  /// - Throws: what it threw.
  static func watched<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> (value: Value, signal: Int32?) {
    let task = Task { try await work() }
    let first = Mutex<Int32?>(nil)
    let watch = Watch { signal in
      let isSecond = first.withLock { first in
        defer { first = first ?? signal }
        return first != nil
      }
      if isSecond { _exit(128 + signal) }
      StandardStreams.complain("\nStopping. The same once more quits at once.")
      task.cancel()
    }
    defer { watch.cancel() }
    let value = try await task.value
    return (value, first.withLock { $0 })
  }

  /// The sources of the signals; handlers run on a queue, where everything may be called.
  private struct Watch {
    private let sources: [any DispatchSourceSignal]

    init(_ handler: @escaping @Sendable (Int32) -> Void) {
      let queue = DispatchQueue(label: "signals")
      sources = Interruption.signals.compactMap { number in
        // Dispatch only observes: without this the default action would still end the process. What was ignored before,
        // by nohup or a shell that runs us in the background, stays ignored.
        let before = signal(number, SIG_IGN)
        if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler { @Sendable in handler(number) }
        source.setCancelHandler { @Sendable in signal(number, SIG_DFL) }
        source.resume()
        return source
      }
    }

    func cancel() {
      for source in sources { source.cancel() }
    }
  }
}
