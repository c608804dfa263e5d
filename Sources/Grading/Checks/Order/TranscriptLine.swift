/// A line of a run as the forms of events are matched with it.
struct TranscriptLine {
  var text: String
  var writer: TraceEvent.Writer?
  var isError: Bool
  /// Its number in its stream, from 1.
  var number: Int
  private var place: Int?

  /// The lines of a trace, in the order in which they were printed as far as that is known.
  /// - Parameters:
  ///   - trace: the trace of a run.
  ///   - withErrors: whether lines of standard error are wanted.
  ///   - isOrdered: whether the witness knows the order of lines on different streams.
  /// - Returns: the lines.
  static func lines(of trace: Trace, withErrors: Bool, isOrdered: Bool) -> [TranscriptLine] {
    var lines: [TranscriptLine] = []
    lines.reserveCapacity(trace.events.count)
    var numbers = (output: 0, errors: 0)
    for event in trace.events {
      switch event.kind {
      case .line(let text):
        numbers.output += 1
        lines.append(TranscriptLine(text: text, event, isError: false, number: numbers.output))
      case .errorLine(let text) where withErrors:
        numbers.errors += 1
        lines.append(TranscriptLine(text: text, event, isError: true, number: numbers.errors))
      default: break
      }
    }
    guard withErrors, isOrdered else { return lines }
    return lines.enumerated().sorted { ($0.element.place ?? 0, $0.offset) < ($1.element.place ?? 0, $1.offset) }
      .map(\.element)
  }

  private init(text: String, _ event: TraceEvent, isError: Bool, number: Int) {
    self.text = text
    self.isError = isError
    self.number = number
    writer = event.writer
    place = event.place
  }
}

/// The threads that wrote the lines of a run, numbered as they appear.
struct TranscriptWriters {
  private(set) var values: [EventValue] = []
  private var numbers: [Key: Int] = [:]

  private struct Key: Hashable {
    var process: Int
    var thread: Int
  }

  /// Numbers the writers of a trace.
  init(_ trace: Trace) {
    for event in trace.events {
      guard let writer = event.writer else { continue }
      let key = Key(process: writer.process, thread: writer.thread)
      guard numbers[key] == nil else { continue }
      numbers[key] = values.count
      values.append(EventValue(writer: values.count, name: writer.name))
    }
  }

  /// The number of a writer.
  func number(_ writer: TraceEvent.Writer) -> Int? { numbers[Key(process: writer.process, thread: writer.thread)] }
}
