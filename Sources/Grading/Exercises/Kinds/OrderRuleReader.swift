/// Reads the keys of one rule, whose names must be those of events and of what they capture.
struct OrderRuleReader {
  let mapping: YAMLMapping
  let events: OrderEvents

  /// The name of an event.
  func event(_ key: String) -> String? {
    mapping.required(key, advice: "Name an event: \(events.names.listed).")?
      .name(among: events.names, what: "event", listedAs: "There are")
  }

  /// Two different events.
  func twoEvents(_ key: String, _ otherKey: String) -> (String, String)? {
    let (first, second) = (event(key), event(otherKey))
    guard let first, let second else { return nil }
    guard first != second else {
      mapping[otherKey]?.report("This is the same event as \(key.quoted).", advice: "Name another one.")
      return nil
    }
    return (first, second)
  }

  /// The names of one event or of a list of different ones.
  func events(_ key: String) -> [String]? {
    let advice = "Name events: \(events.names.listed)."
    guard let value = mapping.required(key, advice: advice) else { return nil }
    guard value.isList else { return event(key).map { [$0] } }
    guard let items = value.list() else { return nil }
    if items.isEmpty { value.report("There are no events.", advice: advice) }
    var names: [String] = []
    for item in items {
      guard let name = item.name(among: events.names, what: "event", listedAs: "There are") else { continue }
      if names.contains(name) { item.report("The event \(name.quoted) stands here already.") }
      names.append(name)
    }
    return names.count == items.count && !names.isEmpty ? names : nil
  }

  /// The capture that events are told apart by, or `writer`; nil where the key is absent.
  func group(_ key: String, of events: String...) -> String? { group(key, of: events) }

  /// The capture that events are told apart by, or `writer`; nil where the key is absent.
  func group(_ key: String, of events: [String]) -> String? { mapping[key].flatMap { group($0, of: events) } }

  /// What all of some events capture under the same name, or `writer`.
  func group(_ value: YAMLValue, of events: [String]) -> String? {
    if value.isWritten(EventForm.writer) { return EventForm.writer }
    var name: String?
    for event in events {
      guard let found = capture(value, of: event, orWriter: true) else { return nil }
      name = found
    }
    return name
  }

  /// What an event captures under a name that must be given.
  func requiredCapture(_ key: String, of event: String) -> String? {
    mapping.required(key, advice: captureAdvice(event)).flatMap { capture($0, of: event) }
  }

  /// What an event captures under one name, `field`, or under several, `fields`.
  func fields(of event: String) -> [String]? {
    switch (mapping["field"], mapping["fields"]) {
    case (let field?, nil): return capture(field, of: event).map { [$0] }
    case (nil, let fields?):
      guard let items = fields.list() else { return nil }
      if items.isEmpty { fields.report("There are no fields.", advice: captureAdvice(event)) }
      return items.compactMap { capture($0, of: event) }
    case (nil, nil):
      mapping.value.report(
        "The key \"field\" is missing, or \"fields\" for several.", advice: captureAdvice(event))
    case (_?, let fields?): fields.report("Here stand both \"field\" and \"fields\".", advice: "Keep one of them.")
    }
    return nil
  }

  /// The values that are asked for.
  func values(_ key: String) -> [EventValue]? {
    mapping.required(key, advice: "List the values that are asked for.")?.list()?
      .compactMap { $0.literal(as: "text or a number").map { EventValue($0) } }
  }

  /// A number of times.
  func count(_ key: String) -> Int? { mapping[key]?.integer(in: 0...1_000_000) }

  /// A switch, which is off where the key is absent.
  func flag(_ key: String) -> Bool { mapping[key]?.boolean() ?? false }

  /// Reports where none of several keys stands.
  func requireOne(of keys: [String]) {
    guard keys.allSatisfy({ mapping[$0] == nil }) else { return }
    mapping.value.report("This rule asks for nothing.", advice: "Give one of: \(keys.listed).")
  }

  private func capture(_ value: YAMLValue, of event: String, orWriter: Bool = false) -> String? {
    // An event whose form could not be read is reported there.
    guard let captures = events.captures(of: event) else { return value.literal() }
    if captures.isEmpty {
      value.report("The event \(event.quoted) captures nothing.", advice: "Write {name} in its form where a value is.")
      return nil
    }
    let names = captures + (orWriter && !captures.contains(EventForm.writer) ? [EventForm.writer] : [])
    return value.name(among: names, what: "capture", listedAs: "The event \(event.quoted) has")
  }

  private func captureAdvice(_ event: String) -> String {
    "Name what the event captures: \((events.captures(of: event) ?? []).listed)."
  }
}
