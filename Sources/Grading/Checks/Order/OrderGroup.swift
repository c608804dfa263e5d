/// Events that share the value of a capture.
struct OrderGroup {
  var capture: String?
  var value: EventValue?
  /// In the order of printing.
  var events: [OrderTranscript.Event]

  /// Who did it, for the start of a sentence: `Thread 2`, `Worker 7`, or `The program`.
  var subject: String {
    guard let value, let capture else { return "The program" }
    if value.isNumber { return "\(capture.prefix(1).uppercased())\(capture.dropFirst()) \(value)" }
    let isPlain =
      value.text.first?.isLetter == true && value.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " }
    return isPlain ? OrderWords.cut(value.text) : OrderWords.quoted(value)
  }

  /// Which group it is, for the end of a sentence: ` (fork 3)`, or nothing.
  var remark: String {
    guard let value, let capture else { return "" }
    return " (\(capture) \(OrderWords.quoted(value)))"
  }
}

extension OrderTranscript {
  /// The events of some names, apart by the value of a capture, in the order in which the values appear; one group of
  /// all events where there is no capture to tell them apart.
  func groups(_ names: [String], per capture: String?) -> [OrderGroup] {
    guard let capture else { return [OrderGroup(capture: nil, value: nil, events: events(names))] }
    var groups: [OrderGroup] = []
    var indices: [EventValue: Int] = [:]
    for event in events(names) {
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

  /// The events of a name, apart by the value of a capture.
  func groups(_ name: String, per capture: String?) -> [OrderGroup] { groups([name], per: capture) }
}
