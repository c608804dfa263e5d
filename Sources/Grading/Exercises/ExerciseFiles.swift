import Sandboxing

/// The files in an exercise's folder that its `exercise.yaml` names.
struct ExerciseFiles {
  /// The exercise's folder.
  let folder: String

  private static let serverKeys = ["program", "latency", "port"]
  private static let maximumSize = 1 << 20

  /// The files of the folder `given` that a list names.
  func given(_ value: YAMLValue?) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for item in value?.list() ?? [] {
      guard let name = item.fileName() else { continue }
      if files[name] != nil { item.report("The file \(name.quoted) is named twice.") }
      files[name] = contents(of: name, in: "given", item)
    }
    return files
  }

  /// The server, its latency, and whether it has a port.
  func server(_ value: YAMLValue?) -> ExerciseServer? {
    guard let mapping = value?.mapping() else { return nil }
    mapping.allow(Self.serverKeys)
    let latency = mapping["latency"]?.duration(in: .milliseconds(1)...(.seconds(60)))
    let hasPort = mapping["port"]?.boolean() ?? false
    guard let program = mapping.required("program", advice: "Name a file of the folder programs."),
      let name = program.fileName(), let contents = contents(of: name, in: "programs", program)
    else { return nil }
    return ExerciseServer(name: name, contents: contents, latency: latency, hasPort: hasPort)
  }

  /// The name of a program of the exercise's own, where there is such a file.
  func program(_ value: YAMLValue) -> String? {
    guard let name = value.fileName(), contents(of: name, in: "programs", value) != nil else { return nil }
    return name
  }

  /// What is in the programs that scenarios run.
  func programs(of scenarios: [Scenario]) -> [String: [UInt8]] {
    let names = Set(scenarios.compactMap(\.program))
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in read(name, in: "programs").map { (name, $0) } })
  }

  private func contents(of name: String, in part: String, _ value: YAMLValue) -> [UInt8]? {
    if let bytes = read(name, in: part) { return bytes }
    value.report(
      "There is no readable file \(name.quoted) in the exercise's folder \(part).",
      advice: "Put it there; it may have at most \(Quantity.text(size: Self.maximumSize)).")
    return nil
  }

  private func read(_ name: String, in part: String) -> [UInt8]? {
    try? SafeFile.contents(path: "\(folder)/\(part)/\(name)", atMost: Self.maximumSize).bytes
  }
}
