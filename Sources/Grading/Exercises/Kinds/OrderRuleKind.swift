/// A rule of an order check: its name, its keys and how they are read.
struct OrderRuleKind: Sendable {
  let name: String
  /// Reads what stands behind the name; nil when it reported a problem.
  let decode: @Sendable (YAMLValue, OrderEvents) -> (any OrderRule)?

  /// A rule that is written `name: {key: value, ...}`.
  init<Rule: OrderRule>(
    _ type: Rule.Type, keys: [String], decode: @escaping @Sendable (OrderRuleReader) -> Rule?
  ) {
    self.init(type) { value, events in
      guard let mapping = value.mapping() else { return nil }
      mapping.allow(keys)
      return decode(OrderRuleReader(mapping: mapping, events: events))
    }
  }

  /// A rule that is written `name: true`.
  init<Rule: OrderRule>(switch rule: Rule) {
    self.init(Rule.self) { value, _ in
      guard let isOn = value.boolean() else { return nil }
      if !isOn { value.report("A rule that is false asks for nothing.", advice: "Write true, or leave the rule out.") }
      return rule
    }
  }

  /// A rule that is written in a way of its own.
  init<Rule: OrderRule>(_ type: Rule.Type, decode: @escaping @Sendable (YAMLValue, OrderEvents) -> Rule?) {
    name = type.name
    self.decode = decode
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
  static let all: [OrderRuleKind] =
    [count, values, sequence, ascending]
    + [before, after, first, last, alternate, phases]
    + [exclusive, atMost, overlap]
    + [fifo, matched, interleaved]
    + [anyOf, OrderRuleKind(switch: NothingElseRule())]
}
