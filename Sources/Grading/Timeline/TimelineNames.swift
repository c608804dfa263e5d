import Sandboxing

/// What the lanes of a timeline are called: as the program calls its threads, where that is known.
struct TimelineNames {
  /// By the places of the tasks' lives.
  private(set) var names: [String] = []
  /// By the processes' ids.
  private(set) var processes: [Int: String] = [:]

  private static let mainThread = "MainThread"

  init(_ trace: Trace, lives: [TaskLife]) {
    let known = Dictionary(trace.threads.map { (JournalEntry.Task($0.writer), $0.writer.name) }) { $1 }
    let mains = lives.filter(\.task.isMainThread)
    // Threads that nobody named have their program's name.
    let programs = Dictionary(mains.map { ($0.task.process, $0.account.name) }) { $1 }
    for life in lives {
      let (task, own) = (life.task, life.account.name)
      if let name = known[task], name != Self.mainThread, !name.isEmpty {
        names.append(name)
      } else if task.isMainThread {
        names.append(task == lives[0].task ? "main thread" : "process \(task.process)")
      } else {
        names.append(own.isEmpty || own == programs[task.process] ? "thread \(task.thread)" : own)
      }
      if task.isMainThread, processes[task.process] == nil || !names[names.count - 1].hasPrefix("process ") {
        processes[task.process] = task == lives[0].task ? "the program" : names[names.count - 1]
      }
    }
    tellApart(lives)
  }

  /// Adds the number to names that two threads of a process have.
  private mutating func tellApart(_ lives: [TaskLife]) {
    struct Key: Hashable {
      var process: Int
      var name: String
    }
    let counts = Dictionary(grouping: lives.indices) { Key(process: lives[$0].task.process, name: names[$0]) }
    for places in counts.values where places.count > 1 {
      for place in places { names[place] += " (\(lives[place].task.thread))" }
    }
  }
}
