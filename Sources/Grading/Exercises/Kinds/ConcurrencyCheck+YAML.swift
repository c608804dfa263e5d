extension CheckKind {
  private static let counts = ["threads", "processes", "at_least", "writers"]

  /// `check: concurrency`, with at least one number to be reached or `together: true`.
  static let concurrency = CheckKind(ConcurrencyCheck.self, keys: counts + ["together", "work"]) { mapping in
    let together = mapping["together"]?.boolean() ?? false
    let work = mapping["work"]?.boolean() ?? false
    if !together, !work, counts.allSatisfy({ mapping[$0] == nil }) {
      mapping.value.report(
        "This check asks for nothing.", advice: "Say for example `threads: 2`, `processes: 2` or `together: true`.")
    }
    let count = { (key: String) in mapping[key]?.integer(in: 1...10_000) }
    return ConcurrencyCheck(
      threads: count("threads"), processes: count("processes"), atLeast: count("at_least"), together: together,
      writers: count("writers"), work: work)
  }
}
