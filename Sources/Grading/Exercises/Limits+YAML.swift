import Sandboxing

extension Limits {
  private static let keys = [
    "wall", "cpu", "memory", "tasks", "processes", "output", "file_size", "disk", "open_files", "stack",
  ]
  private static let times: ClosedRange<Duration> = .milliseconds(1)...(.seconds(3600))

  /// The limits of an exercise; what it leaves open keeps its default.
  init(_ limits: YAMLMapping?) {
    // Whoever doesn't ask for processes gets threads only: a fork is then refused, and there is nothing to bomb with.
    self.init(processes: 0)
    guard let limits else { return }
    limits.allow(Self.keys)
    if let value = limits["wall"]?.duration(in: Self.times) { wallTime = value }
    if let value = limits["cpu"]?.duration(in: Self.times) { cpuTime = value }
    if let value = limits["memory"]?.size(in: 1 << 20...1 << 40) { memory = value }
    if let value = limits["tasks"]?.integer(in: 1...10_000) { tasks = value }
    if let value = limits["processes"]?.integer(in: 0...10_000) { processes = value }
    if let value = limits["output"]?.size(in: 1...1 << 30) { output = value }
    if let value = limits["file_size"]?.size(in: 0...1 << 40) { fileSize = value }
    if let value = limits["disk"]?.size(in: 1 << 20...1 << 40) { diskSpace = value }
    if let value = limits["open_files"]?.integer(in: 16...1 << 20) { openFiles = value }
    if let value = limits["stack"]?.size(in: 64 << 10...1 << 30) { stack = value }
  }
}
