/// How strongly this machine can contain a run; chosen by probing, never assumed.
///
/// In the order of strength, the strongest first.
public enum IsolationTier: String, Sendable, CaseIterable, Codable {
  /// Tier A: B, and a cgroup in which the kernel itself caps memory and tasks.
  case cgroup = "A"
  /// Tier B: namespaces of its own, private mounts, Landlock and seccomp.
  case namespaces = "B"
  /// Tier C: D, and a user id of the container's own; for root in a container without user namespaces.
  case ownUser = "C"
  /// Tier D: Landlock, seccomp, resource limits and process-group kills, for machines without user namespaces.
  case light = "D"
  /// Tier E: resource limits and kills, nothing that contains a hostile program.
  case bare = "E"

  /// What the tier is called in reports.
  public var title: String {
    switch self {
    case .cgroup: "A (namespaces, private mounts, cgroup, Landlock, seccomp)"
    case .namespaces: "B (namespaces, private mounts, Landlock, seccomp)"
    case .ownUser: "C (a user of its own, Landlock, seccomp)"
    case .light: "D (Landlock, seccomp, process-group kills)"
    case .bare: "E (limits and kills only: untrusted code is not contained)"
    }
  }

  /// Whether a run has processes, mounts and a network of its own.
  public var hasNamespaces: Bool { self == .cgroup || self == .namespaces }

  /// Whether a debugger may look at its runs.
  ///
  /// It would stand outside their rules on files, which in D are all there is.
  public var hasDebugger: Bool { self != .light }

  /// Whether the files and calls of a run are restricted; without that, code of strangers is not contained.
  public var isContaining: Bool { self != .bare }

  /// What is lost against the tiers above, in words for the teacher.
  public var lost: [String] {
    switch self {
    case .cgroup: []
    case .namespaces: [Self.memoryCap]
    case .ownUser: [Self.memoryCap] + Self.withoutNamespaces
    case .light: [Self.memoryCap] + Self.withoutNamespaces + [Self.sharedMemory, Self.lines]
    case .bare:
      [Self.memoryCap] + Self.withoutNamespaces + [
        Self.sharedMemory,
        "files: a submission can read and write whatever your own user can, also the reports and its neighbours' work",
        "the network: a submission can connect to anything",
        "signals: a submission can end whatever your own user can, threadmark among it",
        "births: threads and processes are not counted, and too many of them are seen only every few milliseconds",
        "deadlocks: one is not told apart from a time limit, because nobody hears of timers",
        "stretched and muted runs: whether threads were alive at the same time can't be said",
      ]
    }
  }

  private static let memoryCap =
    "a memory limit enforced by the kernel: the tree's memory is watched every few milliseconds instead"
  private static let withoutNamespaces = [
    "private process ids: a submission can see that other processes exist, though not signal or read them",
    "private mounts: the space of all files together is watched, and counted about every 50 milliseconds",
    "a network of its own: there is no `network: loopback`",
  ]
  private static let lines =
    "lines of C, C++ and Swift in a deadlock: a debugger would not be bound by the rules on files"
  private static let sharedMemory =
    "a /dev/shm of its own: where an exercise allows processes, what one leaves there stays, and others can see it"
}
