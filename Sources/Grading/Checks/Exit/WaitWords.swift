/// Says in words what a thread waits for.
enum WaitWords {
  /// What the wait is for, to follow "waits", such as ` for the lock "a"`.
  static func object(_ wait: Standing.Wait) -> String {
    let name = wait.object.isEmpty ? "" : " \"\(OrderWords.cut(wait.object, to: 60))\""
    return switch wait.kind {
    case .lock: wait.object.isEmpty ? " for a lock" : " for the lock\(name)"
    case .semaphore: " for the semaphore\(name)"
    case .condition: " for the condition\(name) to be notified"
    case .event: " for the event\(name) to be set"
    case .barrier: " at the barrier\(name)\(wait.detail.isEmpty ? "" : ", where \(wait.detail) have come")"
    case .join:
      wait.detail == "main" ? " for the end of the main thread" : " for the end of\(name.isEmpty ? " a thread" : name)"
    case .threads: " at its own end for the threads that are left\(wait.object.isEmpty ? "" : ": \(wait.object)")"
    case .future: " for the result of a future"
    case .executor: " for the workers of an executor to end"
    case .process: name.isEmpty ? " for the end of another process" : " for the end of the process\(name)"
    case .processes: " at its own end for its child processes"
    case .pool: " for a result of the pool\(name)"
    case .poolJoin: " for the workers of the pool\(name) to end"
    case .queueGet: " for an item of \(queue(name))\(isEmptyQueue(wait) ? ", which is empty" : "")"
    case .queuePut: " for room in \(queue(name))\(isFullQueue(wait) ? ", which is full (\(wait.detail))" : "")"
    case .queueJoin:
      " until task_done() was called for all items of \(queue(name))\(wait.detail.isEmpty ? "" : " (\(wait.detail) missing)")"
    case .receive: " for something to be received"
    case .send, .write: " for room to write"
    case .read: " for something to read"
    case .input: " for standard input"
    case .sleep: " in a sleep"
    case .signal: " for a signal"
    case .file: " for a lock on a file"
    case .helper: " for the program's end"
    case .asyncio: " in the event loop, where no coroutine can go on"
    case .other: ""
    }
  }

  private static func queue(_ name: String) -> String { name.isEmpty ? "a queue" : "the queue\(name)" }

  private static func isEmptyQueue(_ wait: Standing.Wait) -> Bool { wait.detail.hasPrefix("0 of ") }

  private static func isFullQueue(_ wait: Standing.Wait) -> Bool {
    let numbers = wait.detail.split(separator: " ").compactMap { Int($0) }
    return numbers.count == 2 && numbers[0] == numbers[1]
  }

  /// What a wait in a system call usually means, with the call's name.
  static func meaning(of call: String) -> String {
    let words =
      switch call {
      case "futex": "a lock, a join(), or something that only another thread can do"
      case "read", "readv", "recvfrom", "recvmsg": "something to read, such as a queue between processes"
      case "write", "writev", "sendto", "sendmsg": "room to write, such as in a full queue or pipe"
      case "wait4", "waitid": "the end of another process"
      case "poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait": "a pipe, a queue or another process"
      case "pause", "rt_sigsuspend", "rt_sigtimedwait": "a signal"
      case "flock", "fcntl": "a lock on a file"
      case "nanosleep", "clock_nanosleep": "a time to pass"
      default: "a system call to come back"
      }
    return call.isEmpty ? words : "\(words) (\(call))"
  }
}
