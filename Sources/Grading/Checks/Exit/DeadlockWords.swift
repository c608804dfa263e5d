import Sandboxing

/// Says of a run in deadlock who waited for what.
struct DeadlockWords {
  private let waits: [(task: JournalEntry.Task, call: String)]
  private let threads: [TraceThread]

  /// The words for a run.
  init(_ run: Run) {
    waits = run.result.journal.compactMap {
      if case .blocked(let task, _, let name) = $0.event { (task, name) } else { nil }
    }
    threads = run.trace.threads
  }

  /// One sentence.
  var message: String {
    switch waits.count {
    case 0: "Deadlock: everything was waiting, and nothing could wake it any more."
    case 1: "Deadlock: the program was waiting for something that could not happen any more."
    default:
      "Deadlock: all \(waits.count) \(nouns) were waiting for each other, and nothing could wake them any more."
    }
  }

  /// Who waited for what, a line each.
  var details: String {
    let lines = waits.prefix(12).map { "\(name(of: $0.task)) was waiting for \(Self.meaning(of: $0.call))." }
    let rest = waits.count > 12 ? ["And \(waits.count - 12) more."] : []
    return (lines + rest).joined(separator: "\n")
  }

  private var nouns: String {
    let processes = Set(waits.map(\.task.process)).count
    if processes == 1 { return "threads" }
    return processes == waits.count ? "processes" : "threads of \(processes) processes"
  }

  private func name(of task: JournalEntry.Task) -> String {
    let known = threads.last { ($0.writer.process, $0.writer.thread) == (task.process, task.thread) }
    if let known, known.writer.name != "MainThread" {
      let place = known.startedAt.map { ", started in \($0)," } ?? ""
      return "\"\(known.writer.name)\"\(place)"
    }
    let process = Set(waits.map(\.task.process)).count > 1 ? " of process \(task.process)" : ""
    return task.isMainThread ? "The main thread\(process)" : "Thread \(task.thread)\(process)"
  }

  /// What a wait in a system call usually means, with the call's name.
  private static func meaning(of call: String) -> String {
    let words =
      switch call {
      case "futex": "a lock, a join(), or something that only another thread can do"
      case "read", "readv", "recvfrom", "recvmsg": "something to read, such as a queue between processes"
      case "write", "writev", "sendto", "sendmsg": "room to write, such as in a full queue or pipe"
      case "wait4", "waitid": "the end of another process"
      case "poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait": "a pipe, a queue or another process"
      case "pause", "rt_sigsuspend", "rt_sigtimedwait": "a signal"
      case "flock", "fcntl": "a lock on a file"
      default: "a system call to come back"
      }
    return call.isEmpty ? words : "\(words) (\(call))"
  }
}
