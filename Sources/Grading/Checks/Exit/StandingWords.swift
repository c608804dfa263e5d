import Sandboxing

/// Says where the threads of a run stood at its end: what each waited for, who holds it, and the circle they make.
struct StandingWords {
  typealias Task = JournalEntry.Task

  /// A thread as the kernel saw it at the end.
  struct Seen {
    var task: Task
    /// The letter of its state, `S` for one that waits.
    var state: Character
    /// The system call that it waits in; empty where it is in none.
    var call: String
    /// What the kernel calls it; the program's own name where nobody gave it another.
    var name: String = ""
  }

  let seen: [Seen]
  private let threads: [TraceThread]
  private let standing: Standing
  private let graph: WaitGraph
  private let java: JavaThreads

  /// The words for a run that was ended for a deadlock or for its time.
  init(_ run: Run) {
    var seen: [Seen] = []
    for entry in run.result.journal {
      switch entry.event {
      case .blocked(let task, _, let name): seen.append(Seen(task: task, state: "S", call: name))
      case .found(let task, let state, let call): seen.append(Seen(task: task, state: state, call: call ?? ""))
      case .named(let task, let name) where seen.last?.task == task: seen[seen.count - 1].name = name
      default: break
      }
    }
    let helpers = run.trace.standing.helpers
    let java = JavaThreads(seen)
    self.java = java
    self.seen = seen.filter { !helpers.contains($0.task.process) && !java.isOwn($0) }
    threads = run.trace.threads
    standing = run.trace.standing
    graph = WaitGraph(run)
  }

  /// The circle of threads that wait for each other, one line; nil where none is known.
  var cycle: String? {
    let edges = graph.cycle
    guard !edges.isEmpty else { return nil }
    let parts = edges.enumerated().map { index, edge in
      let held = edges[(index + edges.count - 1) % edges.count]
      return "\(shortName(of: edge.from)) \(clause(held: held, edge))"
    }
    return capitalized(parts.joined(separator: " → "))
  }

  /// The tasks in the circle.
  var circle: Set<Task> { Set(graph.cycle.map(\.from)) }

  /// What a task was doing at the end, to follow its name, such as `waits for the lock "a", which it holds itself (line 8)`;
  /// nil where it was not seen then.
  func atEnd(of task: Task) -> String? {
    guard let seen = seen.first(where: { $0.task == task }), !isHelper(task) else { return nil }
    let known = wait(of: task)
    return doing(seen, known).dropFirst() + line(known?.place)
  }

  /// What a task waited for at the end, in a word or two, such as `lock "a"`; nil where the witness doesn't know.
  func object(of task: Task) -> String? {
    guard let wait = wait(of: task), ![.other, .sleep, .threads, .processes, .asyncio].contains(wait.kind)
    else { return nil }
    let words = WaitWords.object(wait)
    return String(words.trimmingPrefix(/\ (for|at)(\ the\ |\ an?\ |\ )/))
  }

  /// `holds "a" (line 8), waits for "b" (line 10)`.
  private func clause(held: WaitGraph.Edge, _ edge: WaitGraph.Edge) -> String {
    var parts: [String] = []
    if let hold = held.hold, held != edge || edge.wait?.lock == hold.lock {
      parts.append("holds \"\(hold.object)\"\(line(hold.place))")
    } else if held.need == .lock {
      parts.append("holds a lock")
    }
    switch (edge.wait, edge.need) {
    case (let wait?, _) where edge.hold != nil:
      parts.append("waits for \(edge == held ? "it again" : "\"\(wait.object)\"")\(line(wait.place))")
    case (let wait?, _): parts.append("waits for the end of \(shortName(of: edge.to))\(line(wait.place))")
    case (nil, .lock?):
      parts.append("waits for one that \(shortName(of: edge.to)) holds\(line(wait(of: edge.from)?.place))")
    case (nil, _):
      parts.append("waits for the end of \(shortName(of: edge.to))\(line(wait(of: edge.from)?.place))")
    }
    return parts.joined(separator: ", ")
  }

  private func line(_ place: Standing.Place?) -> String { place.map { " (line \($0.line))" } ?? "" }

  /// Each thread with what it did, two lines each, and what else explains the end.
  var lines: [String] {
    let shown = seen.filter { !isHelper($0.task) }
    var lines = shown.prefix(12).flatMap(lines)
    if shown.count > 12 { lines.append("And \(shown.count - 12) more.") }
    lines += standing.tasks.prefix(8).flatMap { task in
      ["The coroutine \"\(task.writer.name)\" waits:"] + place(task.place)
    }
    lines += standing.lost.prefix(4).map { "The worker \"\($0.name)\" had ended in the middle of its work." }
    return lines
  }

  /// Threads of the standard library, which wait for ever beside the program's own: a pool's, say.
  private func isHelper(_ task: Task) -> Bool {
    guard !task.isMainThread, let wait = wait(of: task), wait.place == nil else { return false }
    return threads.contains { Task($0.writer) == task } && wait.kind == .receive
      || wait.writer.name.contains("(_handle_")
  }

  private func lines(_ seen: Seen) -> [String] {
    let known = wait(of: seen.task)
    let place = place(known?.place) + function(known)
    return ["\(name(of: seen.task))\(doing(seen, known))\(place.isEmpty ? "." : ":")"] + place
  }

  private func doing(_ seen: Seen, _ known: Standing.Wait?) -> String {
    switch seen.state {
    case "R", "D": " was running"
    case "T", "t": " was stopped"
    default: waiting(known, seen)
    }
  }

  private func waiting(_ wait: Standing.Wait?, _ seen: Seen) -> String {
    if let wait, wait.kind != .other {
      let verb = wait.kind == .sleep ? " was" : " waits"
      return "\(verb)\(WaitWords.object(wait))\(holder(wait))"
    }
    if let edge = graph.edges.first(where: { $0.from == seen.task && $0.wait == nil }) {
      let what =
        edge.need == .lock ? "a lock that \(shortName(of: edge.to)) holds" : "the end of \(shortName(of: edge.to))"
      return " waits for \(what)"
    }
    return " waits for \(WaitWords.meaning(of: seen.call))"
  }

  /// Who has what is waited for.
  private func holder(_ wait: Standing.Wait) -> String {
    guard wait.kind == .lock, !wait.lock.isEmpty else { return "" }
    let holders = WaitGraph.holders(of: wait, standing: standing)
    guard let hold = holders.first else {
      return wait.detail == "forked"
        ? ", which was held when this process was forked, by a thread that only its parent has"
        : ", which nobody who is left was seen to hold: it was taken and not given back"
    }
    let since = hold.place.map { " since line \($0.line)" } ?? ""
    if hold.writer.process != wait.writer.process, wait.detail == "forked" {
      let place = hold.place.map { " (line \($0.line))" } ?? ""
      return """
        , which \(shortName(of: Task(hold.writer)))\(place) held when this process was forked: that thread is in the \
        parent only, so nobody here can give it back
        """
    }
    return Task(hold.writer) == Task(wait.writer)
      ? ", which it holds itself\(since)" : ", which \(shortName(of: Task(hold.writer))) holds\(since)"
  }

  private func place(_ place: Standing.Place?) -> [String] {
    guard let place else { return [] }
    let source = place.source.isEmpty ? "" : "  \(OrderWords.cut(place.source, to: 100))"
    return ["  \(place.file):\(place.line)\(source)"]
  }

  private func function(_ wait: Standing.Wait?) -> [String] {
    guard let wait, wait.place == nil, !wait.function.isEmpty else { return [] }
    return ["  in \(OrderWords.cut(wait.function, to: 100)), whose line is known if it is compiled with -g"]
  }

  private func wait(of task: Task) -> Standing.Wait? { standing.waits.last { Task($0.writer) == task } }

  private func known(_ task: Task) -> TraceThread? { threads.last { Task($0.writer) == task } }

  /// The thread for the beginning of a sentence, with the line that started it.
  private func name(of task: Task) -> String {
    guard let known = known(task), known.writer.name != "MainThread" else { return capitalized(shortName(of: task)) }
    let place = known.startedAt.map { ", started in \($0)," } ?? ""
    return "\"\(known.writer.name)\"\(place)"
  }

  private func shortName(of task: Task) -> String {
    if let known = known(task), known.writer.name != "MainThread" { return "\"\(known.writer.name)\"" }
    let process = Set(seen.map(\.task.process)).count > 1 ? " of process \(task.process)" : ""
    if let name = givenName(of: task) { return "thread \"\(name)\"\(process)" }
    return task.isMainThread || java.mains.contains(task)
      ? "the main thread\(process)" : "thread \(task.thread)\(process)"
  }

  /// The name that the program gave to a thread, as far as the kernel has it: they begin with that of their process.
  private func givenName(of task: Task) -> String? {
    guard !task.isMainThread, !java.mains.contains(task), let name = seen.first(where: { $0.task == task })?.name,
      !name.isEmpty
    else { return nil }
    let main = seen.first { $0.task.process == task.process && $0.task.isMainThread }
    guard java.has(task.process) || main.map({ $0.name != name }) == true else { return nil }
    return OrderWords.cut(name, to: 20)
  }

  private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
