extension OrderRuleKind {
  static let count = OrderRuleKind(CountRule.self, keys: ["of", "per", "equals", "at_least", "at_most"]) { rule in
    rule.requireOne(of: ["equals", "at_least", "at_most"])
    let (equals, least, most) = (rule.count("equals"), rule.count("at_least"), rule.count("at_most"))
    if let least, let most, least > most {
      rule.mapping.value.report("No number is at least \(least) and at most \(most).")
    }
    return rule.event("of").map { event in
      CountRule(of: event, per: rule.group("per", of: event), equals: equals, atLeast: least, atMost: most)
    }
  }

  static let values = OrderRuleKind(ValuesRule.self, keys: ["of", "field", "fields", "per", "distinct", "are"]) {
    rule in
    guard let event = rule.event("of"), let fields = rule.fields(of: event), let are = rule.values("are") else {
      return nil
    }
    return ValuesRule(
      of: event, fields: fields, per: rule.group("per", of: event), distinct: rule.flag("distinct"), are: are)
  }

  static let sequence = OrderRuleKind(SequenceRule.self, keys: ["of", "field", "fields", "per", "is"]) { rule in
    guard let event = rule.event("of"), let fields = rule.fields(of: event), let values = rule.values("is") else {
      return nil
    }
    return SequenceRule(of: event, fields: fields, per: rule.group("per", of: event), is: values)
  }

  static let ascending = OrderRuleKind(AscendingRule.self, keys: ["of", "field", "per"]) { rule in
    guard let event = rule.event("of"), let field = rule.requiredCapture("field", of: event) else { return nil }
    return AscendingRule(of: event, field: field, per: rule.group("per", of: event))
  }
}
