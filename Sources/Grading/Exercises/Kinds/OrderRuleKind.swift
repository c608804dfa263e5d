/// A rule of an order check: its name, its keys and how they are read.
struct OrderRuleKind: Sendable {
  let name: String
  /// Reads what stands behind the name; nil when it reported a problem.
  let decode: @Sendable (YAMLValue, OrderEvents) -> (any OrderRule)?

  /// A rule that is written `name: {key: value, ...}`.
  private init<Rule: OrderRule>(
    _ type: Rule.Type, keys: [String], decode: @escaping @Sendable (OrderRuleReader) -> Rule?
  ) {
    name = type.name
    self.decode = { value, events in
      guard let mapping = value.mapping() else { return nil }
      mapping.allow(keys)
      return decode(OrderRuleReader(mapping: mapping, events: events))
    }
  }

  /// A rule that is written `name: true`.
  private init<Rule: OrderRule>(switch rule: Rule) {
    name = Rule.name
    decode = { value, _ in
      guard let isOn = value.boolean() else { return nil }
      if !isOn { value.report("A rule that is false asks for nothing.", advice: "Write true, or leave the rule out.") }
      return rule
    }
  }

  /// Reads an item of the list of rules.
  static func rule(_ item: YAMLValue, events: OrderEvents) -> (any OrderRule)? {
    guard let mapping = item.mapping() else { return nil }
    guard let (name, key, value) = mapping.entries.first, mapping.entries.count == 1 else {
      item.report("A rule is one name with what it asks for.", advice: "Begin every rule with a dash of its own.")
      return nil
    }
    if let kind = all.first(where: { $0.name == name }) { return kind.decode(value, events) }
    let advice = Suggestion.advice(for: name, among: all.map(\.name), listedAs: "There are")
    key.report("There is no rule \(name.quoted).", advice: advice)
    return nil
  }

  /// The rules that there are.
  static let all: [OrderRuleKind] = [
    OrderRuleKind(CountRule.self, keys: ["of", "per", "equals", "at_least", "at_most"]) { rule in
      rule.requireOne(of: ["equals", "at_least", "at_most"])
      return rule.event("of").map { event in
        CountRule(
          of: event, per: rule.capture("per", of: event), equals: rule.count("equals"),
          atLeast: rule.count("at_least"), atMost: rule.count("at_most"))
      }
    },
    OrderRuleKind(ValuesRule.self, keys: ["of", "field", "fields", "per", "distinct", "are"]) { rule in
      guard let event = rule.event("of"), let fields = rule.fields(of: event), let are = rule.values("are") else {
        return nil
      }
      return ValuesRule(
        of: event, fields: fields, per: rule.capture("per", of: event), distinct: rule.flag("distinct"), are: are)
    },
    OrderRuleKind(SequenceRule.self, keys: ["of", "field", "fields", "per", "is"]) { rule in
      guard let event = rule.event("of"), let fields = rule.fields(of: event), let values = rule.values("is") else {
        return nil
      }
      return SequenceRule(of: event, fields: fields, per: rule.capture("per", of: event), is: values)
    },
    OrderRuleKind(AscendingRule.self, keys: ["of", "field", "per"]) { rule in
      guard let event = rule.event("of"), let field = rule.requiredCapture("field", of: event) else { return nil }
      return AscendingRule(of: event, field: field, per: rule.capture("per", of: event))
    },
    OrderRuleKind(BeforeRule.self, keys: ["first", "then", "per"]) { rule in
      guard let first = rule.event("first"), let then = rule.event("then") else { return nil }
      return BeforeRule(first: first, then: then, per: rule.capture("per", ofBoth: first, then))
    },
    OrderRuleKind(switch: NothingElseRule()),
  ]
}
