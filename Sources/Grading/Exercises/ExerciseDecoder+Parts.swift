extension ExerciseDecoder {
  private static let scenarioKeys = ["id", "arguments", "input", "repeat", "workers", "program"]
  private static let checkKeys = ["id", "title", "check", "points", "scenario", "fault"]

  /// The scenarios that could be read.
  struct Scenarios {
    var readable: [Scenario]
    /// Whether these are all; if not, a check of one of the others is not to blame.
    var isComplete: Bool

    var ids: [String] { readable.map(\.id) }
  }

  /// The scenarios of an exercise; one called `plain` where it names none.
  func scenarios(_ value: YAMLValue?, _ files: ExerciseFiles) -> Scenarios {
    guard let value else { return Scenarios(readable: [Scenario(id: "plain")], isComplete: true) }
    guard let items = value.list() else { return Scenarios(readable: [], isComplete: false) }
    if items.isEmpty { value.report("There are no scenarios.", advice: "Leave the key out to have one, `plain`.") }
    let scenarios = items.compactMap { $0.mapping().flatMap { scenario($0, files) } }
    reportRepeated(scenarios.map { ($0.scenario.id, $0.position) }, what: "scenario", to: value.problems)
    return Scenarios(
      readable: scenarios.map(\.scenario), isComplete: !items.isEmpty && scenarios.count == items.count)
  }

  private func scenario(
    _ mapping: YAMLMapping, _ files: ExerciseFiles
  ) -> (scenario: Scenario, position: SourcePosition?)? {
    mapping.allow(Self.scenarioKeys)
    let id = mapping.required("id", advice: "Every scenario has one, such as `plain`.")
    let arguments = mapping["arguments"]?.list()?.compactMap { $0.argument() }
    let input = mapping["input"]?.text()
    let repetitions = mapping["repeat"]?.integer(in: 1...1000)
    let workers = mapping["workers"]?.integer(in: 1...1000)
    let program = mapping["program"].flatMap(files.program)
    guard let id, let name = id.identifier() else { return nil }
    let scenario = Scenario(
      id: name, arguments: arguments ?? [], input: input ?? "", repetitions: repetitions ?? 1, workers: workers,
      program: program)
    return (scenario, id.node.position)
  }

  /// The checks of an exercise, with the scenario that each of them judges.
  func checkSpecifications(_ root: YAMLMapping, scenarios: Scenarios) -> [CheckSpecification] {
    let advice = "An exercise has at least one. Kinds: \(checks.names.listed)."
    guard let value = root.required("checks", advice: advice), let items = value.list() else { return [] }
    if items.isEmpty { value.report("There are no checks.", advice: advice) }
    var ids: [(String, SourcePosition?)] = []
    var points: [Int?] = []
    let specifications = items.flatMap { item -> [CheckSpecification] in
      guard let mapping = item.mapping() else { return [] }
      let id = mapping.required("id", advice: "Every check has one, such as `exits-cleanly`.")
      let name = id?.identifier()
      if let name, let id { ids.append((name, id.node.position)) }
      if mapping["tiers"] != nil {
        let made = self.specifications(mapping, id: name, points: 0, scenarios: scenarios)
        points.append(made.isEmpty ? nil : made.reduce(0) { $0 + $1.points })
        return made
      }
      points.append(mapping.required("points", advice: "Say what passing it earns.")?.integer(in: 0...1_000_000))
      return self.specifications(mapping, id: name, points: points.last ?? nil, scenarios: scenarios)
    }
    reportRepeated(ids, what: "check", to: value.problems)
    reportTiersNamedAsChecks(specifications, ids, to: value.problems)
    if !points.isEmpty, points.allSatisfy({ $0 == 0 }) {
      value.report("All checks together earn 0 points.", advice: "Give points to at least one.")
    }
    return specifications
  }

  /// Tiers have ids made from those of their checks, which no other check may have.
  private func reportTiersNamedAsChecks(
    _ specifications: [CheckSpecification], _ ids: [(String, SourcePosition?)], to problems: ProblemList
  ) {
    var seen: Set<String> = []
    for id in specifications.map(\.id) where !seen.insert(id).inserted {
      guard let (_, position) = ids.first(where: { $0.0 == id }), ids.count(where: { $0.0 == id }) == 1 else {
        continue
      }
      problems.report(
        "A tier of another check has the id \(id.quoted).", advice: "Give this check another id.", at: position)
    }
  }

  /// The checks of one entry: one, or one for each tier.
  private func specifications(
    _ mapping: YAMLMapping, id: String?, points: Int?, scenarios: Scenarios
  ) -> [CheckSpecification] {
    let title = mapping.required("title", advice: "Say in a sentence what it is about.")?.title()
    let scenario = mapping["scenario"].map { self.scenario($0, of: scenarios) } ?? scenarios.ids.first
    let kind = mapping.required("check", advice: "Say which kind it is: \(checks.names.listed).")?
      .name(among: checks.names, what: "kind of check", listedAs: "There are")
    guard let kind = kind.flatMap(checks.kind) else { return [] }
    mapping.allow(Self.checkKeys + kind.keys)
    let parts = kind.decode(mapping, scenarios)
    let fault = mapping["fault"]?.title()
    guard let id, let title, let points, let scenario, let parts else { return [] }
    return parts.map { part in
      CheckSpecification(
        id: id + part.idSuffix, title: title + part.titleSuffix, points: part.points ?? points,
        scenario: part.scenario ?? scenario, check: part.check, fault: fault)
    }
  }

  private func scenario(_ value: YAMLValue, of scenarios: Scenarios) -> String? {
    guard scenarios.isComplete else { return value.literal() }
    return value.name(among: scenarios.ids, what: "scenario", listedAs: "There are")
  }

  private func reportRepeated(_ ids: [(String, SourcePosition?)], what: String, to problems: ProblemList) {
    for (index, (id, position)) in ids.enumerated() {
      guard let first = ids[..<index].first(where: { $0.0 == id }) else { continue }
      let line = first.1.map { ", in line \($0.line)" } ?? ""
      problems.report(
        "Another \(what) has the id \(id.quoted)\(line).", advice: "Give each \(what) an id of its own.", at: position)
    }
  }
}

extension YAMLValue {
  /// An argument of a program, written as text or as a number.
  fileprivate func argument() -> String? {
    guard let text = literal(as: "text or a number") else { return nil }
    if !text.unicodeScalars.contains("\0") { return text }
    report("An argument cannot contain a zero character.")
    return nil
  }
}
