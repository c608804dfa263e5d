import Yams

extension CheckKind {
  private static let counts = ["threads", "processes", "at_least", "writers"]
  private static let rules = [
    SharedWork.key, BalancedWork.key, OverlappingWork.key, ParallelWork.key, SleeplessWaiting.key,
  ]

  /// `check: concurrency`, with at least one thing that it asks for.
  static let concurrency = CheckKind(ConcurrencyCheck.self, keys: counts + ["together", "work"] + rules) { mapping in
    let together = mapping["together"]?.boolean() ?? false
    let work = mapping["work"]?.boolean() ?? false
    let rules = rules(mapping)
    if !together, !work, rules.isEmpty, counts.allSatisfy({ mapping[$0] == nil }) {
      mapping.value.report(
        "This check asks for nothing.", advice: "Say for example `threads: 2`, `processes: 2` or `together: true`.")
    }
    let count = { (key: String) in mapping[key]?.integer(in: 1...10_000) }
    return ConcurrencyCheck(
      threads: count("threads"), processes: count("processes"), atLeast: count("at_least"), together: together,
      writers: count("writers"), work: work, rules: rules)
  }

  private static func rules(_ mapping: YAMLMapping) -> [any ConcurrencyRule] {
    var rules: [any ConcurrencyRule] = []
    if let count = mapping[SharedWork.key]?.integer(in: 1...10_000) { rules.append(SharedWork(count)) }
    if let most = mapping[BalancedWork.key]?.integer(in: 1...1000) { rules.append(BalancedWork(most)) }
    if mapping[OverlappingWork.key]?.boolean() == true { rules.append(OverlappingWork()) }
    if mapping[ParallelWork.key]?.boolean() == true { rules.append(ParallelWork()) }
    if let who = mapping[SleeplessWaiting.key] {
      if who.node.string == "main" {
        rules.append(SleeplessWaiting(mainOnly: true))
      } else if who.boolean() == true {
        rules.append(SleeplessWaiting())
      }
    }
    return rules
  }
}
