/// What a run printed, read by the forms of an exercise's events.
public struct OrderTranscript: Sendable {
  /// The events, by name, each in the order of printing.
  private var events: [String: [Event]] = [:]
  private var lines: [Line] = []
  /// How many lines of standard output are not made of events, blank ones left out.
  private(set) var strayCount = 0
  /// The first of them.
  private(set) var strays: [Finding.Line] = []
  /// The events that there may be.
  let forms: [EventForm]
  /// What is known of the run.
  let knowledge: Knowledge

  /// An event as it was printed.
  struct Event: Sendable {
    var values: EventValues
    /// Its form's index.
    var form: Int
    /// Its place among all events of the run; events that are the same piece of a line share it.
    var order: Int
    fileprivate var line: Int
  }

  /// What is known of a run beside the text of its lines.
  struct Knowledge: Sendable {
    /// Who wrote each line of standard output.
    var outputWriters: Bool
    /// Who wrote each line of standard error.
    var errorWriters: Bool
    /// In which order lines of different streams were written; two pipes do not tell.
    var orderOfStreams: Bool { outputWriters && errorWriters }
  }

  private struct Line: Sendable {
    var text: String
    var number: Int
    var writer: String?
  }

  /// Reads a trace.
  /// - Parameters:
  ///   - trace: the trace of a run.
  ///   - forms: the events that there may be.
  public init(_ trace: Trace, forms: [EventForm]) {
    self.forms = forms
    knowledge = Knowledge(outputWriters: trace.isAttributed, errorWriters: trace.areErrorsAttributed)
    let writers = TranscriptWriters(trace)
    let contexts = forms.map { EventValues.Context(names: $0.pattern.fieldNames, writers: writers.values) }
    var output = EventReader(forms, onErrors: false, isAttributed: trace.isAttributed)
    var errors = EventReader(forms, onErrors: true, isAttributed: trace.areErrorsAttributed)
    var found = [[Event]](repeating: [], count: forms.count)
    var order = 0
    for line in TranscriptLine.lines(of: trace, withErrors: !errors.isEmpty, isOrdered: knowledge.orderOfStreams) {
      let bytes = Array(line.text.utf8)
      guard bytes.contains(where: { !$0.isBlank }) else { continue }
      let (matches, isWhole) = line.isError ? errors.read(bytes) : output.read(bytes)
      if !isWhole, !line.isError { addStray(line) }
      if matches.isEmpty { continue }
      lines.append(Line(text: line.text, number: line.number, writer: line.writer?.name))
      let writer = line.writer.flatMap(writers.number)
      for (index, match) in matches.enumerated() {
        if index > 0, match.piece != matches[index - 1].piece { order += 1 }
        let values = EventValues(context: contexts[match.form], values: match.values, writer: writer)
        found[match.form].append(Event(values: values, form: match.form, order: order, line: lines.count - 1))
      }
      order += 1
    }
    for (form, events) in zip(forms, found) { self.events[form.name] = events }
  }

  private mutating func addStray(_ line: TranscriptLine) {
    strayCount += 1
    if strays.count < 3 { strays.append(Self.line(line.text, line.number, line.writer?.name)) }
  }

  private static func line(_ text: String, _ number: Int, _ writer: String?) -> Finding.Line {
    Finding.Line(number: number, text: String(text.prefix(200)), writer: writer)
  }

  /// The line that an event was printed in.
  func line(of event: Event) -> Finding.Line {
    let line = lines[event.line]
    return Self.line(line.text, line.number, line.writer)
  }

  /// The lines of some events, each once, as a counter-example.
  func lines(of events: Event?...) -> [Finding.Line] { events.compactMap { $0.map(line) }.firstOccurrences }

  /// The text of an event's line in quotation marks, for a sentence.
  func quote(_ event: Event) -> String { "\"\(OrderWords.cut(lines[event.line].text))\"" }

  /// The events of a name, in the order of printing.
  func events(_ name: String) -> [Event] { events[name] ?? [] }

  /// The events of several names, in the order of printing.
  func events(_ names: [String]) -> [Event] {
    guard names.count > 1 else { return names.first.map(events) ?? [] }
    return names.flatMap(events).sorted { ($0.order, $0.form) < ($1.order, $1.form) }
  }

  /// How often an event was printed.
  func count(_ name: String) -> Int { events[name]?.count ?? 0 }

  /// The form of an event in quotation marks, for messages.
  func form(_ name: String) -> String { "\"\(forms.first { $0.name == name }?.pattern.description ?? name)\"" }

  /// The name of an event.
  func name(of event: Event) -> String { forms[event.form].name }
}
