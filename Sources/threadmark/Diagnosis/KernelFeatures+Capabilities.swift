import Sandboxing

extension KernelFeatures {
  /// Each feature in words.
  var capabilities: [Diagnosis.Capability] {
    [
      .init(
        name: "Landlock", isThere: landlockABI > 0,
        detail: landlockABI > 0
          ? "ABI \(landlockABI)\(landlockABI < 6 ? "; from 6 on it also keeps signals inside" : "")"
          : "files and network can't be restricted without namespaces; Linux 5.13 or later has it"),
      .init(
        name: "seccomp notifications", isThere: hasNotifications,
        detail: hasNotifications
          ? "births are counted exactly, threads can be held" : "nobody hears of births; Linux 5.5 or later has them"),
      .init(
        name: "user namespaces", isThere: forbiddingSettings.isEmpty,
        detail: forbiddingSettings.isEmpty
          ? "no setting forbids them"
          : "forbidden by \(forbiddingSettings.map(\.name).joined(separator: ", "))"),
      .init(
        name: "control groups", isThere: cgroupVersion != nil,
        detail: cgroupVersion.map { "version \($0) accounts for memory" }
          ?? "no group that accounts for memory is mounted"),
      .init(
        name: "run delay", isThere: keepsRunDelay,
        detail: keepsRunDelay
          ? "how long each thread waited for a CPU is known"
          : "a program that the machine starved can't be told so surely from a slow one"),
      .init(
        name: "CPU pressure", isThere: keepsPressure,
        detail: keepsPressure ? "how busy the machine is can be seen" : "/proc/pressure/cpu is absent or switched off"),
      .init(
        name: "a debugger", isThere: Debugger.present != nil && tracingScope < 2, detail: debuggerDetail),
    ]
  }

  private var debuggerDetail: String {
    let unknown = "at which line a program in C, C++ or Swift hangs is not known"
    guard let debugger = Debugger.present else { return "\(unknown); apt-get install elfutils binutils" }
    let known = "\(debugger.name) says at which line a program in C, C++ or Swift hangs"
    return switch tracingScope {
    case 0: known
    case 1: "\(known), in its first process; sudo sysctl -w kernel.yama.ptrace_scope=0 for all of them"
    default: "\(unknown); sudo sysctl -w kernel.yama.ptrace_scope=1 lets \(debugger.name) look"
    }
  }
}
