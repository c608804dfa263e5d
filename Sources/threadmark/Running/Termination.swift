import Foundation
import Sandboxing

extension RunDocument {
  /// How a run ended: one reason, and what belongs to it.
  struct Termination: Codable, Equatable {
    /// Such as `exited`, `signaled` or `wall_time_limit`.
    var reason: Reason
    /// The exit status of a program that exited.
    var status: Int?
    /// The name of the signal that ended it, such as `SIGSEGV`.
    var signal: String?
    /// The number of that signal.
    var signalNumber: Int?
    /// Whether the signal would have left a core dump.
    var coreDumped: Bool?
    /// The step at which starting it failed.
    var stage: String?
    /// Why that step failed, in the system's words.
    var error: String?

    /// The reasons.
    enum Reason: String, Codable {
      case exited
      case signaled
      case wallTimeLimit = "wall_time_limit"
      case cpuTimeLimit = "cpu_time_limit"
      case memoryLimit = "memory_limit"
      case outputLimit = "output_limit"
      case fileSizeLimit = "file_size_limit"
      case diskSpaceLimit = "disk_space_limit"
      case birthLimit = "birth_limit"
      case taskLimit = "task_limit"
      case deadlock
      case stopped
      case disallowedCall = "disallowed_call"
      case notStarted = "not_started"
      case cancelled
    }

    init(_ status: TerminationStatus) {
      reason = Reason(status)
      switch status {
      case .exited(let status): self.status = status
      case .signaled(let number, let coreDumped):
        (signal, signalNumber, self.coreDumped) = (Signal.name(number), number, coreDumped)
      case .notStarted(let stage, let errno): (self.stage, error) = (stage, String(cString: strerror(errno)))
      default: break
      }
    }
  }
}

extension RunDocument.Termination.Reason {
  fileprivate init(_ status: TerminationStatus) {
    self =
      switch status {
      case .exited: .exited
      case .signaled: .signaled
      case .wallTimeLimit: .wallTimeLimit
      case .cpuTimeLimit: .cpuTimeLimit
      case .memoryLimit: .memoryLimit
      case .outputLimit: .outputLimit
      case .fileSizeLimit: .fileSizeLimit
      case .diskSpaceLimit: .diskSpaceLimit
      case .birthLimit: .birthLimit
      case .taskLimit: .taskLimit
      case .deadlock: .deadlock
      case .stopped: .stopped
      case .disallowedCall: .disallowedCall
      case .notStarted: .notStarted
      case .cancelled: .cancelled
      }
  }
}

/// The names of signals, for people who don't know their numbers.
enum Signal {
  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT",
    SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV",
    SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU",
    SIGXFSZ: "SIGXFSZ", SIGVTALRM: "SIGVTALRM", SIGPROF: "SIGPROF", SIGIO: "SIGIO", SIGSYS: "SIGSYS",
  ]

  static func name(_ number: Int) -> String { Int32(exactly: number).flatMap { names[$0] } ?? "signal \(number)" }
}
