import Sandboxing

extension Timeline {
  /// The timeline of a run; nil where the kernel's account knows of no thread in it.
  /// - Parameters:
  ///   - run: the run.
  ///   - counterExample: the lines that are to be marked in it.
  init?(_ run: Run, marking counterExample: [Finding.Line] = []) {
    let lives = TaskLife.all(of: run.result).map { $0.endedWhenSeen(in: run.result) }
    guard !lives.isEmpty else { return nil }
    var prints = TimelinePrints(run.trace, lives: lives, marking: counterExample)
    let end = max(run.result.usage.wallTime.wholeNanoseconds, lives.map(\.end).max() ?? 0, prints.last)
    let scale = TimelineScale(instants: Self.instants(lives, prints), end: end.seconds)
    let words = StandingWords(run)
    let names = TimelineNames(run.trace, lives: lives)
    let chosen = TimelineChoice(lives, prints: prints, standing: words)
    var lanes = chosen.places.map { place -> Lane in
      let life = lives[place]
      var bars = life.bars(on: scale)
      if let last = bars.last, last.state == .waiting, let object = words.object(of: life.task),
        life.account.ended == nil
      {
        bars[bars.count - 1].what = object
      }
      return Lane(
        process: life.task.process, processName: names.processes[life.task.process] ?? "", name: names.names[place],
        began: life.account.began.seconds, ended: life.end.seconds, bars: bars,
        lines: prints.take(of: place, on: scale), atEnd: life.account.ended == nil ? words.atEnd(of: life.task) : nil)
    }
    let unknown = prints.take(of: nil, on: scale)
    if !unknown.isEmpty {
      lanes.append(
        Lane(process: 0, processName: "", name: "lines printed", began: 0, ended: end.seconds, lines: unknown))
    }
    let ending = run.result.termination.endingWords
    self.init(
      scenario: run.scenario, attempt: run.attempt, isStretched: run.mode == .stretched, duration: end.seconds,
      ending: ending, isDeadlock: run.result.termination == .deadlock, scale: scale, lanes: lanes,
      leftOut: lives.count - chosen.places.count)
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

extension TaskLife {
  /// A task that a signal killed lived at least until it was last looked at; the run's end says nothing of it.
  fileprivate func endedWhenSeen(in result: ExecutionResult) -> TaskLife {
    guard account.ended == nil, result.termination.endingWords.isEmpty else { return self }
    var life = self
    life.end = min(end, max(account.seen, states.last?.time ?? account.began))
    return life
  }

  /// What it did, as bars of which none is too narrow to be seen where there are many.
  fileprivate func bars(on scale: TimelineScale) -> [Timeline.Bar] {
    var bars: [Timeline.Bar] = []
    for piece in pieces where piece.to > piece.from {
      bars.append(from: piece.from.seconds, to: piece.to.seconds, state(of: piece.state), piece.state.what)
    }
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
