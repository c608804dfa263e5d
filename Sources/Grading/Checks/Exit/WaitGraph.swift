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

  /// The graph of a run.
  init(_ run: Run) {
    let standing = run.trace.standing
    var edges = standing.waits.flatMap { wait in Self.edges(of: wait, standing: standing) }
    for entry in run.result.journal {
      guard case .needs(let task, let thread, let need) = entry.event, !edges.contains(where: { $0.from == task })
      else { continue }
      edges.append(Edge(from: task, to: Task(process: task.process, thread: thread), need: need))
    }
    self.edges = edges
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
    for start in Set(edges.map(\.from)).sorted(by: Self.isBefore) {
      if let path = path(from: start, to: start, seen: []) { return path }
    }
    return []
  }

  private func path(from: Task, to end: Task, seen: Set<Task>) -> [Edge]? {
    guard seen.count < 100 else { return nil }
    for edge in edges where edge.from == from && !seen.contains(edge.to) {
      if edge.to == end { return [edge] }
      if let rest = path(from: edge.to, to: end, seen: seen.union([edge.to])) { return [edge] + rest }
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
