extension CheckKind {
  /// `check: order`, with the forms of what is printed and the rules for it.
  static let order = CheckKind(OrderCheck.self, keys: ["events", "rules"]) { mapping in
    let eventsAdvice = "Name what is printed and its form, such as `line: \"Thread {thread}: {n:int}\"`."
    let rulesAdvice = "Give a list of rules: \(OrderRuleKind.all.map(\.name).listed)."
    let events = OrderEvents(mapping.required("events", advice: eventsAdvice))
    guard let value = mapping.required("rules", advice: rulesAdvice), let items = value.list() else { return nil }
    if items.isEmpty { value.report("There are no rules.", advice: rulesAdvice) }
    let rules = items.compactMap { OrderRuleKind.rule($0, events: events) }
    return OrderCheck(events: events.forms, rules: rules)
  }
}

/// The events of an order check, as far as they could be read.
struct OrderEvents {
  private(set) var forms: [EventForm] = []
  /// Every name, also of events whose form could not be read.
  private(set) var names: [String] = []

  /// Reads the names and forms.
  init(_ value: YAMLValue?) {
    guard let value, let mapping = value.mapping() else { return }
    if mapping.entries.isEmpty { value.report("There are no events.") }
    for (name, _, value) in mapping.entries {
      names.append(name)
      if !value.isMapping {
        if let pattern = Self.pattern(value) { forms.append(EventForm(name: name, pattern: pattern)) }
      } else if let mapping = value.mapping() {
        add(name, mapping)
      }
    }
  }

  /// Reads an event that says more than its form.
  private mutating func add(_ name: String, _ mapping: YAMLMapping) {
    mapping.allow(["form", "stream"])
    let streams = EventForm.Stream.allCases.map(\.rawValue)
    let stream = mapping["stream"]?.name(among: streams, what: "stream", listedAs: "There are")
    let form = mapping.required("form", advice: "Say what a line of it looks like, such as `form: \"done {n:int}\"`.")
    guard let pattern = form.flatMap(Self.pattern) else { return }
    forms.append(EventForm(name: name, pattern: pattern, stream: stream.flatMap(EventForm.Stream.init) ?? .output))
  }

  private static func pattern(_ value: YAMLValue) -> EventPattern? {
    guard let text = value.text() else { return nil }
    do throws(EventPatternError) {
      return try EventPattern(text)
    } catch {
      // The pattern counts characters, YAML counts Unicode scalars.
      let offset = String(text.prefix(error.column - 1)).unicodeScalars.count
      value.problems.report(error.message, at: value.position(of: offset))
      return nil
    }
  }

  /// What an event captures; nil where its form could not be read.
  func captures(of event: String) -> [String]? { forms.first { $0.name == event }?.pattern.fieldNames }
}
