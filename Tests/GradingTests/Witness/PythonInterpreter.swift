import Foundation
import Sandboxing
import Testing

/// A Python of this machine that the witness is tried in.
struct PythonInterpreter: Sendable, CustomTestStringConvertible {
  var path: String
  var version: String

  var testDescription: String { version }

  /// One of each version from 3.8 on that is found in the usual places; those without the global lock are `3.13t` and later.
  static let all: [PythonInterpreter] = {
    let environment = ProcessInfo.processInfo.environment
    let root = environment["PYENV_ROOT"] ?? "\(NSHomeDirectory())/.pyenv"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/versions")) ?? []
    let candidates =
      versions.map { "\(root)/versions/\($0)/bin/python3" } + ["/usr/bin/python3", "/usr/local/bin/python3"]
    let found = candidates.compactMap(probe)
    return Dictionary(found.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first }).values
      .sorted { $0.version.compare($1.version, options: .numeric) == .orderedAscending }
  }()

  private static func probe(_ path: String) -> PythonInterpreter? {
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    let program = """
      import sys
      kind = "" if getattr(sys, "_is_gil_enabled", lambda: True)() else "t"
      print("%d.%d%s" % (*sys.version_info[:2], kind))
      """
    let question = ["-I", "-S", "-c", program]
    guard let data = try? OutsideProgram(path, question).run().output else { return nil }
    let version = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    let numbers = version.replacing("t", with: "").split(separator: ".").compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] == 3, numbers[1] >= 8 else { return nil }
    return PythonInterpreter(path: path, version: version)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where there is no Python that the witness could be tried in.
  static var requiresPython: Self {
    .enabled(if: !PythonInterpreter.all.isEmpty, "There is no Python from 3.8 on this machine.")
  }
}
