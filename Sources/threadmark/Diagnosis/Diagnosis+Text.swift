import Foundation
import Reporting

extension Diagnosis {
  /// The diagnosis as one JSON document.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// The diagnosis for people, each line ended.
  func text(style: ConsoleStyle) -> String {
    let verdict =
      isFit
      ? style.paint("This machine can mark submissions.", .bold, .green)
      : style.paint("This machine can't mark submissions.", .bold, .red)
    let facts = [
      ("threadmark", version), ("kernel", kernel), ("CPUs", cpuText), ("speedup", speedup),
      ("Python", python.map { "\($0.version) (\($0.path))" } ?? pythonProblem ?? "none"),
    ]
    let lines =
      [verdict, ""] + facts.flatMap { item($0.0, $0.1, style) } + ["", "Isolation tiers, the strongest first:"]
      + tiers.flatMap { tierLines($0, style) } + lostLines(style) + adviceLines(style)
      + ["", "What the kernel offers:"] + capabilities.flatMap { capabilityLines($0, style) }
    return lines.map { $0 + "\n" }.joined()
  }

  private var cpuText: String {
    let shared = cores < cpus ? ", on \(cores) cores" : ""
    let quota = cpuQuota.map { String(format: ", a quota of %.2f CPUs", $0) } ?? ""
    return "\(cpus)\(shared)\(quota)"
  }

  private func tierLines(_ tier: Tier, _ style: ConsoleStyle) -> [String] {
    let state = tier.problem ?? (tier.id == self.tier ? "can be had here, and is used" : "can be had here")
    let python = tier.pythonProblem.map {
      ". This Python doesn't start in it: \($0) Name one that every user can reach, --python /usr/bin/python3 for example."
    }
    return item("tier", "\(tier.title): \(state)\(python ?? "")", style)
  }

  private func lostLines(_ style: ConsoleStyle) -> [String] {
    guard let tier, !lost.isEmpty else { return [] }
    return ["", "What tier \(tier) does without:"] + lost.flatMap { item("", $0, style) }
  }

  private func adviceLines(_ style: ConsoleStyle) -> [String] {
    advice.isEmpty ? [] : ["", "To get a stronger tier:"] + advice.flatMap { item("", $0, style) }
  }

  private func capabilityLines(_ capability: Capability, _ style: ConsoleStyle) -> [String] {
    item(capability.isThere ? "yes" : "no", "\(capability.name): \(capability.detail)", style)
  }

  private func item(_ name: String, _ text: String, _ style: ConsoleStyle) -> [String] {
    ConsoleItem(name: name, text: text).lines(style: style)
  }
}
