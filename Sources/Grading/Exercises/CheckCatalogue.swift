/// The kinds of check that exercises can ask for.
struct CheckCatalogue {
  var kinds: [CheckKind]

  /// The kinds' names, in the order of the catalogue.
  var names: [String] { kinds.map(\.name) }

  /// The kind of a name.
  func kind(_ name: String) -> CheckKind? { kinds.first { $0.name == name } }

  /// The kinds that threadmark has.
  static var standard: CheckCatalogue { CheckCatalogue(kinds: []) }
}

/// A kind of check: its name in `exercise.yaml`, the keys of its own and how they are read.
struct CheckKind {
  let name: String
  let keys: [String]
  /// Reads the keys; nil when it reported a problem.
  let decode: (YAMLMapping) -> (any Check)?

  /// The kind that makes checks of a type.
  init<Kind: Check>(_ type: Kind.Type, keys: [String], decode: @escaping (YAMLMapping) -> Kind?) {
    self.name = type.name
    self.keys = keys
    self.decode = decode
  }
}
