/// What a run printed, read by the forms of an exercise's events.
///
/// Where it is known who printed what, every line is whole and is matched as a whole; it counts for each event whose
/// form it has. Elsewhere events are found anywhere in the raw lines, so that lines torn by threads still count, and a
/// line that is not made of events alone is matched as a whole.
public struct OrderTranscript: Sendable {
  /// The events, by name, each in the order of printing.
  private var events: [String: [Event]] = [:]
  /// Lines that are not made of events, blank ones left out.
  private(set) var strays: [Finding.Line] = []
  /// The forms by name.
  let patterns: [String: EventPattern]

  /// An event as it was printed.
  struct Event: Sendable {
    var values: [String: EventValue]
    var line: Finding.Line
    /// Its place among all events of the run.
    var order: Int
  }

  /// Reads a trace.
  /// - Parameters:
  ///   - trace: the trace of a run.
  ///   - patterns: the events' names and forms.
  public init(_ trace: Trace, events patterns: [(name: String, pattern: EventPattern)]) {
    self.patterns = Dictionary(patterns, uniquingKeysWith: { first, _ in first })
    var order = 0
    var number = 0
    for event in trace.events {
      guard case .line(let text) = event.kind else { continue }
      number += 1
      let bytes = Array(text.utf8)
      guard bytes.contains(where: { !$0.isBlank }) else { continue }
      let (matches, isWhole) = Self.matches(in: bytes, of: patterns.map(\.pattern), isAttributed: trace.isAttributed)
      let line = Finding.Line(number: number, text: String(text.prefix(200)), writer: event.writer?.name)
      for match in matches {
        let found = Event(values: match.values, line: line, order: order)
        events[patterns[match.pattern].name, default: []].append(found)
        order += 1
      }
      if !isWhole { strays.append(line) }
    }
  }

  /// The events in a line, and whether it is made of nothing else.
  private static func matches(
    in line: [UInt8], of patterns: [EventPattern], isAttributed: Bool
  ) -> ([(pattern: Int, values: [String: EventValue])], isWhole: Bool) {
    let scan = isAttributed ? nil : LineScanner(patterns, in: line)
    let found = scan?.matches.map { (pattern: $0.pattern, values: $0.values) } ?? []
    if let scan, scan.coversLine { return (found, true) }
    let whole = patterns.enumerated().compactMap { index, pattern in
      LineMatcher.values(pattern, in: line).map { (pattern: index, values: $0) }
    }
    return whole.isEmpty ? (found, false) : (whole, true)
  }

  /// The events of a name, in the order of printing.
  func events(_ name: String) -> [Event] { events[name] ?? [] }

  /// How often an event was printed.
  func count(_ name: String) -> Int { events(name).count }

  /// The events of a name, apart by the value of a capture, in the order in which the values appear; one group of all
  /// events where there is no capture to tell them apart.
  func groups(_ name: String, per capture: String?) -> [OrderGroup] {
    guard let capture else { return [OrderGroup(capture: nil, value: nil, events: events(name))] }
    var groups: [OrderGroup] = []
    var indices: [EventValue: Int] = [:]
    for event in events(name) {
      guard let value = event.values[capture] else { continue }
      if let index = indices[value] {
        groups[index].events.append(event)
      } else {
        indices[value] = groups.count
        groups.append(OrderGroup(capture: capture, value: value, events: [event]))
      }
    }
    return groups
  }

  /// The form of an event in quotation marks, for messages.
  func form(_ name: String) -> String { "\"\(patterns[name]?.description ?? name)\"" }
}

/// Events that share the value of a capture.
struct OrderGroup {
  var capture: String?
  var value: EventValue?
  var events: [OrderTranscript.Event]

  /// Who did it, for the start of a sentence: `Thread 2`, `Worker 7`, or `The program`.
  var subject: String {
    guard let value, let capture else { return "The program" }
    if value.isNumber { return "\(capture.prefix(1).uppercased())\(capture.dropFirst()) \(value)" }
    let isPlain =
      value.text.first?.isLetter == true && value.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
    return isPlain ? OrderWords.cut(value.text) : OrderWords.quoted(value)
  }
}
