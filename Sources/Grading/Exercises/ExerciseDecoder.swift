import Sandboxing

/// Turns the bytes of an `exercise.yaml` into an exercise, or into a list of everything that is wrong with it.
struct ExerciseDecoder {
  /// The newest version of the format that this threadmark understands.
  static let schemaVersion = 1

  var checks: CheckCatalogue = .standard
  var languages: [String] = LanguageCatalogue.names

  private static let keys = [
    "schemaVersion", "title", "language", "entry", "limits", "network", "given", "server", "scenarios", "checks",
  ]

  /// Decodes one file.
  /// - Parameters:
  ///   - bytes: what is in it.
  ///   - folder: the absolute path of the exercise's folder, whose name is the exercise's id.
  ///   - path: what errors call the file.
  /// - Returns: the exercise.
  /// - Throws: `ExerciseError` with everything that is wrong.
  func decode(_ bytes: [UInt8], folder: String, path: String) throws(ExerciseError) -> Exercise {
    let problems = ProblemList()
    let exercise = exercise(bytes, folder: folder, problems)
    guard let exercise, problems.problems.isEmpty else {
      throw ExerciseError(path: path, problems: problems.sorted)
    }
    return exercise
  }

  private func exercise(_ bytes: [UInt8], folder: String, _ problems: ProblemList) -> Exercise? {
    let id = folder.split(separator: "/").last.map(String.init) ?? ""
    if !Identifier.isValid(id) {
      problems.report("The folder's name \(id.quoted) is no exercise id.", advice: Identifier.advice, at: nil)
    }
    guard let root = YAMLDocument.root(of: bytes, reportingTo: problems)?.mapping(), understands(root) else {
      return nil
    }
    root.allow(Self.keys)
    let title = root.required("title", advice: "Say what the exercise is called.")?.title()
    let language = root.required("language", advice: "Say what submissions are written in: \(languages.listed).")?
      .name(among: languages, what: "language", listedAs: "There are")
    let entry = root.required("entry", advice: "Name the file that a submission's program has.")?.fileName()
    let files = ExerciseFiles(folder: folder)
    let given = files.given(root["given"])
    let server = files.server(root["server"])
    let scenarios = scenarios(root["scenarios"], files)
    let programs = files.programs(of: scenarios.readable)
    let checks = checkSpecifications(root, scenarios: scenarios)
    let limits = Limits(root["limits"]?.mapping())
    let network = root["network"].flatMap(network) ?? .none
    guard let title, let language, let entry else { return nil }
    return Exercise(
      id: id, folder: folder, title: title, language: language, entry: entry, limits: limits, network: network,
      scenarios: scenarios.readable, checks: checks, programs: programs, given: given, server: server)
  }

  /// Whether the file says that it is written for a version of the format that can be decoded here.
  private func understands(_ root: YAMLMapping) -> Bool {
    let advice = "This threadmark (\(Threadmark.version)) understands `schemaVersion: \(Self.schemaVersion)`."
    guard let value = root.required("schemaVersion", advice: advice) else { return true }
    guard let version = value.integer() else { return false }
    guard version != Self.schemaVersion else { return true }
    let hint = version > Self.schemaVersion ? " Use a newer threadmark." : ""
    value.report("There is no way to read schema version \(version).", advice: advice + hint)
    return false
  }

  private func network(_ value: YAMLValue) -> NetworkAccess? {
    value.name(among: NetworkAccess.allCases.map(\.rawValue), what: "network", listedAs: "There are")
      .flatMap(NetworkAccess.init)
  }
}

extension [String] {
  /// The names in one sentence.
  var listed: String { joined(separator: ", ") }
}

/// What exercises, scenarios and checks are known by.
enum Identifier {
  static let advice = "Use lower-case letters, digits and hyphens, at most 64, a letter or digit first."

  static func isValid(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,63}/) != nil
  }
}

extension YAMLValue {
  /// Text for people: one line and not empty.
  func title() -> String? {
    guard let text = text() else { return nil }
    if !text.allSatisfy(\.isWhitespace), !text.contains(where: \.isNewline) { return text }
    report("\(name) must be one line of text.")
    return nil
  }

  /// An id.
  func identifier() -> String? {
    guard let text = literal() else { return nil }
    if Identifier.isValid(text) { return text }
    report("\(text.quoted) is no id.", advice: Identifier.advice)
    return nil
  }

  /// A file's name without folders.
  func fileName() -> String? {
    guard let text = literal() else { return nil }
    if !text.isEmpty, !text.hasPrefix("."), !text.contains("/"), text == text.visible, text.utf8.count <= 255 {
      return text
    }
    report("\(text.quoted) is no file name.", advice: "Write a name without folders that does not begin with a dot.")
    return nil
  }
}
