import Sandboxing

/// The lines of a run, by the task that printed them.
struct TimelinePrints {
  /// When lines were printed, in nanoseconds; an instant stands there once for each part of the output that arrived.
  private(set) var times: [Int64] = []
  /// The tasks that printed one of the counter-example.
  private(set) var marked: Set<Int> = []
  /// By the places of the tasks' lives; nil where it is not known who printed.
  private var prints: [Int?: [Print]] = [:]

  private struct Print {
    var time: Int64
    var text: String
    var mark: Int?
  }

  init(_ trace: Trace, lives: [TaskLife], marking counterExample: [Finding.Line]) {
    let places = Dictionary(grouping: lives.indices) { lives[$0].task }
    let marks = TimelineMarks(counterExample, in: trace)
    for (index, event) in trace.events.enumerated() {
      guard let time = event.time, let text = event.kind.line else { continue }
      let owner = event.writer.flatMap { writer -> Int? in
        let own = places[JournalEntry.Task(writer)]
        return own?.last { lives[$0].account.began <= time } ?? own?.first
      }
      let place = owner ?? (lives.count == 1 ? 0 : nil)
      if times.last != time { times.append(time) }
      if marks[index] != nil, let place { marked.insert(place) }
      prints[place, default: []].append(Print(time: time, text: text, mark: marks[index]))
    }
  }

  /// When the first and the last were printed.
  var first: Int64 { times.min() ?? .max }
  var last: Int64 { times.max() ?? 0 }

  /// Whether a task printed anything.
  func has(_ place: Int) -> Bool { prints[place] != nil }

  /// The lines of a task, those that lie too near each other as one; what is marked stays by itself.
  mutating func take(of place: Int?, on scale: TimelineScale) -> [Timeline.Line] {
    var lines: [Timeline.Line] = []
    var column = -1
    for print in prints.removeValue(forKey: place) ?? [] {
      let own = scale.column(of: print.time.seconds)
      if own == column, print.mark == nil, lines.last?.mark == nil {
        lines[lines.count - 1].count += 1
      } else {
        lines.append(Timeline.Line(time: print.time.seconds, text: String(print.text.prefix(200)), mark: print.mark))
        column = own
      }
    }
    return lines
  }
}

/// Which events of a trace are the lines of a counter-example.
private struct TimelineMarks {
  private var marks: [Int: Int] = [:]

  init(_ counterExample: [Finding.Line], in trace: Trace) {
    guard !counterExample.isEmpty else { return }
    var numbers = (output: 0, errors: 0)
    var found: Set<Int> = []
    // A line on standard error has its own numbers; where both fit, standard output is meant.
    var onErrors: [(index: Int, mark: Int)] = []
    for (index, event) in trace.events.enumerated() {
      switch event.kind {
      case .line(let text):
        numbers.output += 1
        guard let mark = Self.mark(numbers.output, text, in: counterExample), found.insert(mark).inserted else {
          continue
        }
        marks[index] = mark
      case .errorLine(let text):
        numbers.errors += 1
        if let mark = Self.mark(numbers.errors, text, in: counterExample) { onErrors.append((index, mark)) }
      case .uncaughtException: break
      }
    }
    for (index, mark) in onErrors where found.insert(mark).inserted { marks[index] = mark }
  }

  private static func mark(_ number: Int, _ text: String, in lines: [Finding.Line]) -> Int? {
    lines.firstIndex { $0.number == number && text.hasPrefix($0.text) }.map { $0 + 1 }
  }

  subscript(index: Int) -> Int? { marks[index] }
}

extension TraceEvent.Kind {
  /// The text of a line on either stream.
  fileprivate var line: String? {
    switch self {
    case .line(let text), .errorLine(let text): text
    case .uncaughtException: nil
    }
  }
}
