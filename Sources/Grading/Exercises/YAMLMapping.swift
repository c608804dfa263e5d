import Yams

/// The keys and values of a YAML mapping, in the order of the file.
struct YAMLMapping {
  let value: YAMLValue
  let entries: [(key: String, keyValue: YAMLValue, value: YAMLValue)]

  init(_ value: YAMLValue, _ mapping: Node.Mapping) {
    self.value = value
    var entries: [(key: String, keyValue: YAMLValue, value: YAMLValue)] = []
    for (keyNode, node) in mapping {
      let keyValue = value.child(keyNode, named: "a key")
      guard let key = keyValue.literal() else { continue }
      if let first = entries.first(where: { $0.key == key }) {
        let line = first.keyValue.node.position.map { " (first in line \($0.line))" } ?? ""
        keyValue.report("The key \(key.quoted) stands more than once\(line).", advice: "Keep one of them.")
      } else {
        entries.append((key, keyValue, value.child(node, named: key.visible)))
      }
    }
    self.entries = entries
  }

  /// The value of a key; nil when the key is absent.
  subscript(key: String) -> YAMLValue? { entries.first { $0.key == key }?.value }

  /// The value of a key that must be there; its absence is reported.
  func required(_ key: String, advice: String) -> YAMLValue? {
    if let value = self[key] { return value }
    value.report("The key \(key.quoted) is missing.", advice: advice)
    return nil
  }

  /// Reports every key that is not among these.
  func allow(_ keys: [String]) {
    for entry in entries where !keys.contains(entry.key) {
      entry.keyValue.report(
        "The key \(entry.key.quoted) is unknown.",
        advice: Suggestion.advice(for: entry.key, among: keys, listedAs: "Allowed here"))
    }
  }
}
