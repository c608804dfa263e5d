import Sandboxing

extension Timeline {
  /// The timeline of a run; nil where the kernel's account knows of no thread in it.
  /// - Parameters:
  ///   - run: the run.
  ///   - counterExample: the lines that are to be marked in it.
  init?(_ run: Run, marking counterExample: [Finding.Line] = []) {
    let standing = StandingWords(run)
    let last = Set(standing.seen.map(\.task))
    let lives = TaskLife.all(of: run.result).map { last.contains($0.task) ? $0 : $0.endedWhenSeen }
    guard !lives.isEmpty else { return nil }
    var prints = TimelinePrints(run.trace, lives: lives, marking: counterExample)
    let end = max(run.result.usage.wallTime.wholeNanoseconds, lives.map(\.end).max() ?? 0, prints.last)
    let scale = TimelineScale(instants: Self.instants(lives, prints), end: end.seconds)
    let names = TimelineNames(run.trace, lives: lives)
    let chosen = TimelineChoice(lives, prints: prints, standing: standing)
    let known = Self.known(run.result, until: end)
    var lanes = chosen.places.map { place -> Lane in
      let life = lives[place]
      return Lane(
        process: life.task.process, processName: names.processes[life.task.process] ?? "", name: names.names[place],
        began: life.account.began.seconds, ended: life.end.seconds, bars: life.bars(on: scale, known: known),
        lines: prints.take(of: place, on: scale))
    }
    for (index, place) in chosen.places.enumerated() where lives[place].account.ended == nil {
      lanes[index].addEnd(of: lives[place].task, standing)
    }
    let unknown = prints.take(of: nil, on: scale)
    if !unknown.isEmpty {
      lanes.append(
        Lane(process: 0, processName: "", name: "lines printed", began: 0, ended: end.seconds, lines: unknown))
    }
    self.init(
      scenario: run.scenario, attempt: run.attempt, isStretched: run.mode == .stretched, duration: end.seconds,
      ending: run.result.termination.endingWords, isDeadlock: run.result.termination == .deadlock, scale: scale,
      lanes: lanes, leftOut: lives.count - chosen.places.count)
  }

  /// Until when it was noted what tasks did.
  private static func known(_ result: ExecutionResult, until end: Int64) -> Int64 {
    let times = result.journal.compactMap { entry in if case .state = entry.event { entry.time } else { nil } }
    return times.count < Observation.mostStates ? end : times.last ?? end
  }

  /// When something happens that is to be seen; how an interpreter alone starts and ends is not.
  private static func instants(_ lives: [TaskLife], _ prints: TimelinePrints) -> [Double] {
    let others = lives.dropFirst()
    let births = others.map(\.account.began)
    let first = min(births.min() ?? .max, prints.first)
    var instants = prints.times + births + others.compactMap(\.account.ended)
    for life in lives { instants += life.states.map(\.time).filter { $0 >= first } }
    return instants.map(\.seconds)
  }
}

extension Timeline.Lane {
  /// Adds what a task that did not end by itself was doing at the end.
  fileprivate mutating func addEnd(of task: JournalEntry.Task, _ standing: StandingWords) {
    atEnd = standing.atEnd(of: task)
    guard let last = bars.indices.last, bars[last].state == .waiting, let object = standing.object(of: task) else {
      return
    }
    bars[last].what = object
  }
}

extension TaskLife {
  /// A task that a signal killed lived at least until it was last looked at; the run's end says nothing of it.
  fileprivate var endedWhenSeen: TaskLife {
    guard account.ended == nil else { return self }
    var life = self
    life.end = min(end, max(account.seen, states.last?.time ?? account.began))
    return life
  }

  /// What it did, as bars of which none is too narrow to be seen where there are many; later than `known` nothing is known.
  fileprivate func bars(on scale: TimelineScale, known: Int64) -> [Timeline.Bar] {
    var bars: [Timeline.Bar] = []
    for piece in pieces where piece.to > piece.from && piece.from < known {
      bars.append(from: piece.from.seconds, to: min(known, piece.to).seconds, state(of: piece.state), piece.state.what)
    }
    let rest = max(known, account.began)
    if rest < end { bars.append(from: rest.seconds, to: end.seconds, .unseen, "") }
    return bars.count > TimelineScale.columns ? TimelineColumns(bars, on: scale).bars : bars
  }

  /// A task that ended before anybody looked is thought to have run only if the kernel says that it did, half of the time.
  private func state(of state: TaskState) -> Timeline.State {
    switch state {
    case .running: states.count == 1 && account.runTime * 2 < end - account.began ? .unseen : .running
    case .waiting: .waiting
    case .sleeping: .sleeping
    case .stopped: .stopped
    case .held: .held
    }
  }
}

extension [Timeline.Bar] {
  /// Adds a bar, or makes the last one longer.
  mutating func append(from: Double, to: Double, _ state: Timeline.State, _ what: String) {
    // Each sleep is one that the program asked for.
    if let last, last.state == state, last.what == what, last.to >= from, state != .sleeping {
      self[count - 1].to = to
    } else {
      append(Timeline.Bar(from: from, to: to, state: state, what: what))
    }
  }
}

extension Int64 {
  /// Nanoseconds as seconds.
  var seconds: Double { Double(self) / 1e9 }
}
