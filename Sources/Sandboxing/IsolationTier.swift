/// How strongly this machine can contain a run; chosen by probing, never assumed.
public enum IsolationTier: String, Sendable, CaseIterable, Codable {
  /// Tier B: namespaces of its own, private mounts, Landlock and seccomp; memory is watched, not capped by a cgroup.
  case namespaces = "B"
  /// Tier D: Landlock, seccomp, resource limits and process-group kills, for machines without user namespaces.
  case light = "D"

  /// What the tier is called in reports.
  public var title: String {
    switch self {
    case .namespaces: "B (namespaces, private mounts, Landlock, seccomp)"
    case .light: "D (Landlock, seccomp, process-group kills)"
    }
  }

  /// What is lost against the tiers above, in words for the teacher.
  public var lost: [String] {
    switch self {
    case .namespaces:
      ["a memory limit enforced by the kernel: the tree's memory is watched every few milliseconds instead"]
    case .light:
      [
        "a memory limit enforced by the kernel: the tree's memory is watched every few milliseconds instead",
        "private process ids: a submission can see that other processes exist, though not signal or read them",
        "private mounts: a limit on all files together; only each file's size is limited",
      ]
    }
  }
}
