import Sandboxing

/// Who waits for whom at the end of a run, from what the kernel saw and what the witness said.
struct WaitGraph {
  typealias Task = JournalEntry.Task

  /// One thread that waits for what another one has or will do.
  struct Edge: Equatable {
    var from: Task
    var to: Task
    /// The wait, where the witness knows it.
    var wait: Standing.Wait?
    /// The lock that is held, where it is one.
    var hold: Standing.Hold?
    /// What the kernel's view says is wanted.
    var need: JournalEntry.Need?
  }

  let edges: [Edge]

  /// Far more than a run has threads; a forged account has no end.
  private static let mostEdges = 512

  /// The graph of a run.
  init(_ run: Run) {
    let standing = run.trace.standing
    var edges: [Edge] = []
    for wait in standing.waits where edges.count < Self.mostEdges { edges += Self.edges(of: wait, standing: standing) }
    for entry in run.result.journal {
      guard case .needs(let task, let thread, let need) = entry.event, !edges.contains(where: { $0.from == task })
      else { continue }
      edges.append(Edge(from: task, to: Task(process: task.process, thread: thread), need: need))
    }
    self.edges = Array(edges.prefix(Self.mostEdges))
  }

  private static func edges(of wait: Standing.Wait, standing: Standing) -> [Edge] {
    let from = Task(wait.writer)
    switch wait.kind {
    case .join, .threads:
      return wait.other > 0 ? [Edge(from: from, to: Task(process: from.process, thread: wait.other), wait: wait)] : []
    case .process:
      return wait.other > 0 ? [Edge(from: from, to: Task(process: wait.other, thread: wait.other), wait: wait)] : []
    case .lock, .semaphore:
      return holders(of: wait, standing: standing).map { Edge(from: from, to: Task($0.writer), wait: wait, hold: $0) }
    default: return []
    }
  }

  /// Who holds the lock that is waited for: in the same process, else in another one that shares it.
  static func holders(of wait: Standing.Wait, standing: Standing) -> [Standing.Hold] {
    guard !wait.lock.isEmpty else { return [] }
    let holds = standing.holds.filter { $0.lock == wait.lock }
    let own = holds.filter { $0.writer.process == wait.writer.process }
    return own.isEmpty ? holds : own
  }

  /// A circle of threads that each wait for the next one, begun at the one that was born first; empty where there is none.
  var cycle: [Edge] {
    let edges = Dictionary(grouping: edges, by: \.from)
    for start in edges.keys.sorted(by: Self.isBefore) {
      var visited: Set<Task> = []
      if let path = Self.path(from: start, to: start, along: edges, visited: &visited) { return path }
    }
    return []
  }

  /// A way along the edges; what was visited once in vain is not visited again.
  private static func path(from: Task, to end: Task, along edges: [Task: [Edge]], visited: inout Set<Task>) -> [Edge]? {
    for edge in edges[from] ?? [] {
      if edge.to == end { return [edge] }
      guard visited.insert(edge.to).inserted else { continue }
      if let rest = path(from: edge.to, to: end, along: edges, visited: &visited) { return [edge] + rest }
    }
    return nil
  }

  private static func isBefore(_ left: Task, _ right: Task) -> Bool {
    (left.process, left.thread) < (right.process, right.thread)
  }
}

extension JournalEntry.Task {
  /// The task that a writer is.
  init(_ writer: TraceEvent.Writer) {
    self.init(process: writer.process, thread: writer.thread)
  }
}
