/// The kinds of check that exercises can ask for.
struct CheckCatalogue: Sendable {
  /// The kinds that threadmark has.
  static let standard = CheckCatalogue(kinds: [.exit, .order, .concurrency, .speedup])

  var kinds: [CheckKind]

  /// The kinds' names, in the order of the catalogue.
  var names: [String] { kinds.map(\.name) }

  /// The kind of a name.
  func kind(_ name: String) -> CheckKind? { kinds.first { $0.name == name } }
}

/// A kind of check: its name in `exercise.yaml`, the keys of its own and how they are read.
struct CheckKind: Sendable {
  let name: String
  let keys: [String]
  /// Reads the keys; nil when it reported a problem.
  let decode: @Sendable (YAMLMapping, ExerciseDecoder.Scenarios) -> [CheckPart]?

  /// The kind that makes checks of a type.
  init<Kind: Check>(_ type: Kind.Type, keys: [String], decode: @escaping @Sendable (YAMLMapping) -> Kind?) {
    self.name = type.name
    self.keys = keys
    self.decode = { mapping, _ in decode(mapping).map { [CheckPart(check: $0)] } }
  }

  /// The kind whose entries name scenarios themselves or stand for several checks.
  init(
    named name: String, keys: [String],
    parts: @escaping @Sendable (YAMLMapping, ExerciseDecoder.Scenarios) -> [CheckPart]?
  ) {
    self.name = name
    self.keys = keys
    decode = parts
  }
}

/// A check that an entry of `checks` stands for, and what it has for itself.
struct CheckPart {
  /// The judgement.
  var check: any Check
  /// What is added to the entry's id.
  var idSuffix = ""
  /// What is added to the entry's title.
  var titleSuffix = ""
  /// Its points; nil for the entry's.
  var points: Int?
  /// The scenario whose runs it judges; nil for the entry's.
  var scenario: String?
}
