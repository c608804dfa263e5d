import Yams

extension CheckKind {
  private static let demands = ["at_least", "tiers", "efficiency", "at_most"]

  /// `check: speedup`, with scenarios to compare and one demand, or tiers that are checks of their own.
  static let speedup = CheckKind(
    named: SpeedupCheck.name, keys: ["baseline", "variant", "kind", "of", "budget"] + demands
  ) { mapping, scenarios in
    SpeedupReader(mapping: mapping, scenarios: scenarios).parts(among: demands)
  }
}

/// Reads an entry of `checks` that asks for speedup.
struct SpeedupReader {
  let mapping: YAMLMapping
  let scenarios: ExerciseDecoder.Scenarios

  /// The checks that the entry stands for; nil when a problem was reported.
  func parts(among names: [String]) -> [CheckPart]? {
    let plan = plan()
    let scales = scalesWithMachine(plan?.kind)
    let demands = demands(among: names, plan: plan)
    if let value = mapping["scenario"] {
      value.report("A check of speedup has no scenario.", advice: "Name its scenarios as baseline and variant.")
    }
    guard let plan, let demands, let scales else { return nil }
    let isTiered = mapping["tiers"] != nil
    return demands.map { demand, points in
      let check = SpeedupCheck(plan: plan, demand: demand, scalesWithMachine: scales)
      guard isTiered, case .atLeast(let ratio) = demand else { return CheckPart(check: check, scenario: plan.judged) }
      let text = Quantity.text(ratio)
      return CheckPart(
        check: check, idSuffix: "-\(text)x", titleSuffix: " (\(text) times)", points: points,
        scenario: plan.judged)
    }
  }

  private func plan() -> SpeedupPlan? {
    let baselines = names("baseline", advice: "Name the scenario that the others are compared with, or several.")
    let variants = names("variant", advice: "Name the scenario that shall be faster, or several, the judged one last.")
    let kind =
      mapping["kind"].map { value in
        value.name(among: SpeedupPlan.Kind.allCases.map(\.rawValue), what: "kind of speedup", listedAs: "There are")
          .flatMap(SpeedupPlan.Kind.init)
      } ?? .cpu
    let budget = mapping["budget"].map { $0.duration(in: .seconds(1)...(.seconds(600))) } ?? .seconds(30)
    guard let baselines, let variants, let kind, let budget else { return nil }
    return SpeedupPlan(
      baselines: baselines, variants: variants, kind: kind, budget: budget / .seconds(1))
  }

  /// One name or a list of names of scenarios, each once in the whole entry, variants with workers.
  private func names(_ key: String, advice: String) -> [String]? {
    guard let value = mapping.required(key, advice: advice) else { return nil }
    let values = value.node.sequence == nil ? [value] : value.list() ?? []
    if values.isEmpty { value.report("\(key) names no scenario.", advice: advice) }
    var names: [String] = []
    for value in values {
      guard let name = name(value) else { return nil }
      let others = key == "variant" ? (mapping["baseline"].map(Self.texts) ?? []) + names : names
      if others.contains(name) {
        value.report("The scenario \(name.quoted) is named twice.", advice: "A scenario can't be compared with itself.")
        return nil
      }
      if key == "variant", !isFit(name, value) { return nil }
      names.append(name)
    }
    return names.isEmpty ? nil : names
  }

  /// Whether a scenario can be a variant: it has workers, no fewer than any baseline, and they are the student's.
  private func isFit(_ name: String, _ value: YAMLValue) -> Bool {
    guard let scenario = scenario(name), scenarios.isComplete else { return true }
    let baselines = (mapping["baseline"].map(Self.texts) ?? []).compactMap(self.scenario)
    if scenario.workers == nil {
      value.report(
        "The scenario \(name.quoted) does not say how many workers it has.",
        advice: "Add `workers: 2`, or how many there are, to the scenario.")
    } else if let program = scenario.program {
      value.report(
        "The scenario \(name.quoted) runs the exercise's own \(program), whose speed says nothing of a submission.",
        advice: "Name a scenario of the submission's as variant; \(program) can be the baseline.")
    } else if let other = baselines.first(where: { $0.workerCount > scenario.workerCount }) {
      value.report(
        "The scenario \(name.quoted) has fewer workers than the baseline \(other.id.quoted).",
        advice: "The variant is what shall be faster, with more workers.")
    } else {
      return true
    }
    return false
  }

  private static func texts(_ value: YAMLValue) -> [String] {
    (value.node.sequence.map(Array.init) ?? [value.node]).compactMap { $0.scalar?.string }
  }

  private func name(_ value: YAMLValue) -> String? {
    guard scenarios.isComplete else { return value.literal() }
    return value.name(among: scenarios.ids, what: "scenario", listedAs: "There are")
  }

  private func scenario(_ name: String) -> Scenario? { scenarios.readable.first { $0.id == name } }

  private func scalesWithMachine(_ kind: SpeedupPlan.Kind?) -> Bool? {
    guard let value = mapping["of"] else { return false }
    guard let name = value.name(among: ["attainable", "ideal"], what: "measure", listedAs: "There are") else {
      return nil
    }
    if name == "attainable", mapping["at_most"] != nil {
      value.report("An upper limit is the same on all CPUs.", advice: "Leave `of` out, or ask for `at_least`.")
      return nil
    }
    if name == "attainable", kind == .io {
      value.report(
        "What is attainable is measured for CPUs only.", advice: "With `kind: io` the number of workers is the bound.")
      return nil
    }
    return name == "attainable"
  }

  private func demands(among names: [String], plan: SpeedupPlan?) -> [(SpeedupDemand, Int?)]? {
    let given = names.filter { mapping[$0] != nil }
    guard let key = given.first, let value = mapping[key] else {
      mapping.value.report(
        "This check asks for nothing.", advice: "Say for example `at_least: 1.6`, `efficiency: 0.7` or `at_most: 1.2`.")
      return nil
    }
    for other in given.dropFirst() {
      mapping[other]?.report("\(key) and \(other) can't both be asked for.", advice: "Make two checks of them.")
    }
    guard given.count == 1 else { return nil }
    let most = plan.flatMap { scenario($0.judged)?.workers }
    switch key {
    case "tiers": return tiers(value, most: most)
    case "efficiency": return efficiency(value, most: most).map { [(.efficiency($0), nil)] }
    case "at_most": return value.number(in: 0.1...1000).map { [(.atMost($0), nil)] }
    default: return ratio(value, most: most).map { [(.atLeast($0), nil)] }
    }
  }

  private func efficiency(_ value: YAMLValue, most: Int?) -> Double? {
    guard let part = value.number(in: 0.05...1) else { return nil }
    guard let most, part * Double(most) <= 1 else { return part }
    value.report(
      "\(Quantity.text(part)) of \(most) workers is what a program without parallelism reaches.",
      advice: "Ask for more than \(Quantity.text(1 / Double(most))).")
    return nil
  }

  private func ratio(_ value: YAMLValue, most: Int?) -> Double? {
    guard let ratio = value.number(in: 0.1...1000) else { return nil }
    return isPossible(ratio, value, most: most) ? ratio : nil
  }

  private func isPossible(_ ratio: Double, _ value: YAMLValue, most: Int?) -> Bool {
    guard let most, ratio >= Double(most) else { return true }
    value.report(
      "\(most) workers can't be \(Quantity.text(ratio)) times as fast.",
      advice: "Ask for less than \(most), or for a scenario with more workers.")
    return false
  }

  /// Points by speedups, such as `{1.3: 2, 1.6: 4}`.
  private func tiers(_ value: YAMLValue, most: Int?) -> [(SpeedupDemand, Int?)]? {
    if let points = mapping["points"] {
      points.report("The tiers have points of their own.", advice: "Leave points out.")
      return nil
    }
    guard let tiers = value.mapping() else { return nil }
    if tiers.entries.isEmpty { value.report("There are no tiers.", advice: "Write them like `{1.3: 2, 1.6: 4}`.") }
    var demands: [(SpeedupDemand, Int?)] = []
    for (key, keyValue, points) in tiers.entries {
      guard let ratio = Double(key), ratio.isFinite, (0.1...1000).contains(ratio) else {
        keyValue.report("\(key.quoted) is no speedup.", advice: "Write tiers like `{1.3: 2, 1.6: 4}`.")
        continue
      }
      if demands.contains(where: { $0.0 == .atLeast(ratio) }) {
        keyValue.report("There are two tiers for \(Quantity.text(ratio)).", advice: "Leave one of them out.")
        continue
      }
      guard isPossible(ratio, keyValue, most: most), let points = points.integer(in: 0...1_000_000) else { continue }
      demands.append((.atLeast(ratio), points))
    }
    let sorted = demands.sorted { left, right in
      guard case .atLeast(let low) = left.0, case .atLeast(let high) = right.0 else { return false }
      return low < high
    }
    return demands.isEmpty ? nil : sorted
  }
}
