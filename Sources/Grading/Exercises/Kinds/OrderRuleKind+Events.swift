extension OrderRuleKind {
  static let before = OrderRuleKind(BeforeRule.self, keys: ["first", "then", "per"]) { rule in
    guard let (first, then) = rule.twoEvents("first", "then") else { return nil }
    return BeforeRule(first: first, then: then, per: rule.group("per", of: first, then))
  }

  static let after = OrderRuleKind(AfterRule.self, keys: ["first", "then", "per"]) { rule in
    guard let (first, then) = rule.twoEvents("first", "then") else { return nil }
    return AfterRule(first: first, then: then, per: rule.group("per", of: first, then))
  }

  static let first = OrderRuleKind(FirstRule.self, keys: ["of", "among", "per"]) { rule in
    rule.extreme().map { FirstRule(of: $0.of, among: $0.among, per: $0.per) }
  }

  static let last = OrderRuleKind(LastRule.self, keys: ["of", "among", "per"]) { rule in
    rule.extreme().map { LastRule(of: $0.of, among: $0.among, per: $0.per) }
  }

  static let alternate = OrderRuleKind(AlternateRule.self, keys: ["of", "field", "per"]) { rule in
    rule.turns(orOfWriters: true).map { AlternateRule(of: $0.of, field: $0.field, per: $0.per) }
  }

  static let phases = OrderRuleKind(PhasesRule.self, keys: ["of", "field", "per"]) { rule in
    rule.turns(orOfWriters: false).map { PhasesRule(of: $0.of, field: $0.field, per: $0.per) }
  }

  static let interleaved = OrderRuleKind(InterleavedRule.self, keys: ["of", "by", "per"]) { rule in
    let advice = "Say whose event it is: a capture, or `writer`."
    guard let events = rule.events("of"), let value = rule.mapping.required("by", advice: advice),
      let by = rule.group(value, of: events)
    else { return nil }
    return InterleavedRule(of: events, by: by, per: rule.group("per", of: events))
  }

  /// The alternatives, each a rule or a list of rules.
  static let anyOf = OrderRuleKind(AnyOfRule.self) { value, events in
    guard let items = value.list() else { return nil }
    if items.count < 2 {
      value.report("There must be 2 alternatives at least.", advice: "Give a list of rules, or of lists of rules.")
    }
    let alternatives = items.map { item in
      let rules = !item.isList ? [item] : item.list() ?? []
      if rules.isEmpty { item.report("This alternative asks for nothing.", advice: "Give it a rule.") }
      return rules.compactMap { alternative($0, events: events) }
    }
    return AnyOfRule(alternatives)
  }

  private static func alternative(_ item: YAMLValue, events: OrderEvents) -> (any OrderRule)? {
    guard let rule = rule(item, events: events) else { return nil }
    guard type(of: rule).scope == .everyRun else {
      item.report(
        "The rule \(type(of: rule).name.quoted) is about all runs together and cannot be an alternative.",
        advice: "Give it a dash of its own in the list of rules.")
      return nil
    }
    return rule
  }
}

extension OrderRuleReader {
  /// What `first` and `last` ask for; among all events unless some are named, told apart by a capture that they have.
  fileprivate func extreme() -> (of: String, among: [String], per: String?)? {
    guard let event = event("of") else { return nil }
    if mapping["among"] != nil {
      guard let among = events("among") else { return nil }
      return (event, among, group("per", of: [event] + among))
    }
    let per = group("per", of: event)
    let others = events.names.filter { name in
      per == nil || per == EventForm.writer || events.captures(of: name)?.contains(per ?? "") ?? false
    }
    if others.allSatisfy({ $0 == event }) {
      mapping.value.report("There is no other event that \(event.quoted) could come before or after.")
    }
    return (event, others, per)
  }

  /// What `alternate` and `phases` ask for: several events, or one whose values of a field count.
  fileprivate func turns(orOfWriters: Bool) -> (of: [String], field: String?, per: String?)? {
    guard let events = events("of"), let first = events.first else { return nil }
    if let field = mapping["field"] {
      guard events.count == 1 else {
        field.report("A field belongs to one event, but \"of\" has \(events.count).", advice: "Keep one of them.")
        return nil
      }
      let name = orOfWriters ? group(field, of: events) : requiredCapture("field", of: first)
      return name.map { (events, $0, group("per", of: first)) }
    }
    guard events.count > 1 else {
      mapping.value.report(
        "One event alone has no order.",
        advice: "Give several, such as `of: [ping, pong]`, or a `field` whose values count.")
      return nil
    }
    return (events, nil, group("per", of: events))
  }
}
