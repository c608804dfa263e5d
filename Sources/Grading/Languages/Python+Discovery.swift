import Foundation
import Sandboxing

extension Python {
  /// The oldest version that the witness runs on.
  private static let oldest = (3, 8)

  /// Finds the interpreter behind a name, which may be a script that looks for one (pyenv and the like).
  /// - Parameter name: a path or a name; nil takes `THREADMARK_PYTHON` or the first `python3` on `PATH`.
  /// - Returns: the language with the interpreter's own path.
  /// - Throws: `LanguageError` when there is none, or only one that is too old.
  static func find(_ name: String? = nil) async throws -> Python {
    let variable = ProcessInfo.processInfo.environment["THREADMARK_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    let name = name ?? variable ?? "python3"
    let output: [UInt8]
    do {
      output = try await Tool.output(of: name, ["-I", "-c", probe])
    } catch let error as LanguageError {
      throw LanguageError("\(error) Give a Python with --python or THREADMARK_PYTHON.")
    }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(output)) else {
      throw LanguageError("\(name.quoted) is no Python: it was asked about itself and answered something else.")
    }
    guard (answer.version[0], answer.version[1]) >= oldest else {
      throw LanguageError(
        "\(name.quoted) is \(answer.title), too old: threadmark needs Python \(oldest.0).\(oldest.1) or newer.")
    }
    return Python(
      interpreter: answer.executable, version: answer.title, readable: readable(answer.folders),
      standardModules: Set(answer.modules), compiledWitness: await compiledWitness(for: answer.executable))
  }

  /// What the interpreter makes of the witness; nil where it cannot be made beforehand, and each run makes it itself.
  private static func compiledWitness(for interpreter: String) async -> ContainerFile? {
    let command = Witness.compiling(by: interpreter)
    guard case .bytes(let source) = command.standardInput else { return nil }
    let output = try? await Tool.output(of: command.executable, command.arguments, input: source)
    return output.flatMap(Witness.compiled(from:))
  }

  private struct Answer: Decodable {
    var executable: String
    var title: String
    var version: [Int]
    var folders: [String]
    var modules: [String]
  }

  /// The folders that a container does not show anyway, without those inside another.
  static func readable(_ folders: [String]) -> [String] {
    let shown = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]
    var kept: [String] = []
    for folder in Set(folders).sorted() where folder.hasPrefix("/") && folder != "/" {
      let isInside = (shown + kept).contains { folder == $0 || folder.hasPrefix($0 + "/") }
      if !isInside { kept.append(folder) }
    }
    return kept
  }

  /// What the interpreter says about itself, in the syntax of every Python 3.
  ///
  /// In a virtual environment the executable stays the environment's own, because that is how its packages are found.
  /// Before 3.10 the standard modules are those built in and those in the folders of the standard library.
  private static let probe = """
    import json, os, platform, sys, sysconfig
    inside = sys.prefix != sys.base_prefix
    executable = sys.executable if inside else os.path.realpath(sys.executable)
    folders = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    folders.append(os.path.dirname(os.path.realpath(sys.executable)))
    library = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    modules = getattr(sys, "stdlib_module_names", None)
    if modules is None:
        import pkgutil
        places = list(library) + [os.path.join(place, "lib-dynload") for place in library]
        modules = set(sys.builtin_module_names) | {module.name for module in pkgutil.iter_modules(places)}
    implementation = platform.python_implementation()
    title = ("Python" if implementation == "CPython" else implementation) + " " + platform.python_version()
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        title += "\(freeThreaded)"
    print(json.dumps({
        "executable": executable,
        "title": title,
        "version": list(sys.version_info[:2]),
        "folders": sorted(set(folders + list(library) + [os.path.realpath(folder) for folder in folders])),
        "modules": sorted(modules),
    }))
    """
}
