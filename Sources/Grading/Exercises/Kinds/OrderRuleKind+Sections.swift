extension OrderRuleKind {
  private static let sectionKeys = ["enter", "leave", "by", "per"]

  static let exclusive = OrderRuleKind(ExclusiveRule.self, keys: sectionKeys) { rule in
    rule.section().map { ExclusiveRule($0) }
  }

  static let atMost = OrderRuleKind(AtMostRule.self, keys: sectionKeys + ["inside"]) { rule in
    let inside = rule.inside(from: 1)
    guard let section = rule.section(), let inside else { return nil }
    return AtMostRule(section, inside: inside)
  }

  static let overlap = OrderRuleKind(OverlapRule.self, keys: sectionKeys + ["inside"]) { rule in
    let inside = rule.inside(from: 2)
    guard let section = rule.section(), let inside else { return nil }
    return OverlapRule(section, inside: inside)
  }

  static let fifo = OrderRuleKind(FifoRule.self, keys: ["in", "out", "field", "per"]) { rule in
    rule.queue().map { FifoRule(in: $0.in, out: $0.out, field: $0.field, per: $0.per) }
  }

  static let matched = OrderRuleKind(MatchedRule.self, keys: ["in", "out", "field", "per"]) { rule in
    rule.queue().map { MatchedRule(in: $0.in, out: $0.out, field: $0.field, per: $0.per) }
  }
}

extension OrderRuleReader {
  /// What a rule on a section says of it.
  fileprivate func section() -> Section? {
    guard let (enter, leave) = twoEvents("enter", "leave") else { return nil }
    return Section(enter: enter, leave: leave, by: group("by", of: enter, leave), per: group("per", of: enter, leave))
  }

  /// How many are inside at once.
  fileprivate func inside(from least: Int) -> Int? {
    mapping.required("inside", advice: "Say how many, such as `inside: \(least)`.")?.integer(in: least...1_000_000)
  }

  /// What a rule on a queue says of it.
  fileprivate func queue() -> (in: String, out: String, field: String, per: String?)? {
    guard let (entry, exit) = twoEvents("in", "out"), let field = requiredCapture("field", of: entry),
      requiredCapture("field", of: exit) != nil
    else { return nil }
    return (entry, exit, field, group("per", of: entry, exit))
  }
}
