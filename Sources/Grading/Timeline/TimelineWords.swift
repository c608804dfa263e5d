import Sandboxing

extension TaskState {
  /// What is waited for, in a word or two; empty for what is no wait.
  var what: String {
    guard case .waiting(let call, let name, _) = self else { return "" }
    guard call != nil else { return "memory or disk" }
    return switch name {
    case "futex": "lock or join"
    case "read", "readv", "pread64": "something to read"
    case "write", "writev": "room to write"
    case "recvfrom", "recvmsg", "accept", "accept4", "connect", "sendto", "sendmsg": "socket"
    case "wait4", "waitid": "child process"
    case "poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2": "pipe or socket"
    case "pause", "rt_sigsuspend", "rt_sigtimedwait": "signal"
    case "flock", "fcntl": "lock on a file"
    default: name
    }
  }
}

extension TerminationStatus {
  /// What ended a run, for the end of its timeline; empty where the program ended by itself.
  var endingWords: String {
    switch self {
    case .deadlock: "deadlock"
    case .wallTimeLimit: "time limit"
    case .cpuTimeLimit: "CPU time limit"
    case .memoryLimit: "memory limit"
    case .outputLimit: "output limit"
    case .fileSizeLimit: "file size limit"
    case .diskSpaceLimit: "disk space limit"
    case .birthLimit, .taskLimit: "limit on threads"
    case .stopped: "stopped itself"
    case .disallowedCall: "forbidden call"
    case .signaled: "crash"
    case .exited, .notStarted, .cancelled: ""
    }
  }
}
