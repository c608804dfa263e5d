/// Where the container's folders really lie: at their own paths in tier B, below a folder of the machine in tier D.
///
/// Commands name files as in tier B; arguments and environment values that begin with one of the container's folders are
/// rewritten for tier D.
struct PlaceMap: Sendable, Equatable {
  /// The folder of the machine that holds `work`, `harness` and `tmp`; empty in tier B.
  var folder: String
  /// Paths of the machine that the container was given; what lies there keeps its name.
  var visible: [String] = []

  private var places: [(path: String, name: String)] {
    [(ContainerConfiguration.workFolder, "work"), (ContainerConfiguration.harnessFolder, "harness"), ("/tmp", "tmp")]
  }

  /// The text as the program must get it.
  func outer(_ text: String) -> String {
    guard !folder.isEmpty, !visible.contains(where: { Self.is(text, in: $0) }) else { return text }
    for place in places where Self.is(text, in: place.path) {
      return folder + "/" + place.name + text.dropFirst(place.path.count)
    }
    return text
  }

  private static func `is`(_ text: String, in folder: String) -> Bool {
    text == folder || text.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// A command with every path where it really is.
  func outer(_ command: Command) -> Command {
    guard !folder.isEmpty else { return command }
    var located = command
    located.executable = outer(command.executable)
    located.arguments = command.arguments.map(outer)
    located.environment = command.environment.mapValues(outer)
    located.environment["TMPDIR"] = located.environment["TMPDIR"] ?? outer("/tmp")
    located.workingDirectory = command.workingDirectory.map(outer)
    return located
  }
}
