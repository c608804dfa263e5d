/// Events that share the value of a capture.
struct OrderGroup {
  var capture: String?
  var value: EventValue?
  /// In the order of printing.
  var events: ArraySlice<OrderTranscript.Event>

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
    let events = events(names)
    guard let capture else { return [OrderGroup(capture: nil, value: nil, events: events[...])] }
    var numbers: [EventValue: Int] = [:]
    var values: [EventValue] = []
    var counts: [Int] = []
    let owners = events.map { event -> Int in
      guard let value = event.values[capture] else { return -1 }
      let number = numbers[value] ?? values.count
      if number == values.count {
        numbers[value] = number
        values.append(value)
        counts.append(0)
      }
      counts[number] += 1
      return number
    }
    return sorted(events, by: owners, counts: counts).enumerated().map { number, portion in
      OrderGroup(capture: capture, value: values[number], events: portion)
    }
  }

  /// The events in portions by owner, each in the order of printing; all portions share one array.
  private func sorted(_ events: [Event], by owners: [Int], counts: [Int]) -> [ArraySlice<Event>] {
    var ends: [Int] = []
    var total = 0
    for count in counts {
      ends.append(total)
      total += count
    }
    let starts = ends
    var places = [Int](repeating: 0, count: total)
    for (index, owner) in owners.enumerated() where owner >= 0 {
      places[ends[owner]] = index
      ends[owner] += 1
    }
    let sorted = places.map { events[$0] }
    return starts.indices.map { sorted[starts[$0]..<ends[$0]] }
  }

  /// The events of a name, apart by the value of a capture.
  func groups(_ name: String, per capture: String?) -> [OrderGroup] { groups([name], per: capture) }
}
