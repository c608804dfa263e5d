import Sandboxing

/// Which tasks of a run get a lane, where there are too many: those that matter most for what went wrong.
struct TimelineChoice {
  /// The places of their lives, by processes, in the order in which they began.
  let places: [Int]

  init(_ lives: [TaskLife], prints: TimelinePrints, standing: StandingWords) {
    let circle = standing.circle
    let stuck = Set(standing.seen.map(\.task))
    func rank(_ place: Int) -> Int {
      let task = lives[place].task
      if prints.marked.contains(place) || circle.contains(task) { return 0 }
      if place == 0 { return 1 }
      if prints.has(place) { return 2 }
      return stuck.contains(task) ? 3 : 4
    }
    let ranked = lives.indices.map { (rank: rank($0), place: $0) }.sorted { $0 < $1 }
    let chosen = ranked.prefix(Timeline.mostLanes).map(\.place).sorted()
    let processes = chosen.map { lives[$0].task.process }
    var order: [Int: Int] = [:]
    for process in processes where order[process] == nil { order[process] = order.count }
    places = zip(processes, chosen).sorted { (order[$0.0] ?? 0, $0.1) < (order[$1.0] ?? 0, $1.1) }.map(\.1)
  }
}
