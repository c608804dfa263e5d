import Foundation
import Sandboxing
import Synchronization
import Testing
import TestSupport

/// How a C program of `fixtures/programs` is compiled.
struct CProgram: Sendable, Hashable {
  /// What checks the program while it runs.
  enum Sanitizer: String, Sendable {
    case thread
    case address
  }

  var sanitizer: Sanitizer?

  /// The compiler's arguments before the files.
  private var flags: [String] { ["-O1", "-pthread"] + (sanitizer.map { ["-g", "-fsanitize=\($0.rawValue)"] } ?? []) }

  /// The executable, compiled once in this test process.
  func executable(_ name: String) throws -> [UInt8] { try Compiler.shared.executable(name, flags: flags) }

  /// Whether programs of this kind can be compiled here.
  var isAvailable: Bool { Compiler.shared.canCompile(flags) }
}

/// The machine's C compiler.
private final class Compiler: Sendable {
  static let shared = Compiler()
  private let folder = try? TemporaryFolder(["probe.c": "int main(void) { return 0; }\n"])
  private let executables = Mutex<[[String]: [UInt8]]>([:])

  func executable(_ name: String, flags: [String]) throws -> [UInt8] {
    try compile(Fixtures.root.appendingPathComponent("programs/\(name).c").path, flags: flags)
  }

  func canCompile(_ flags: [String]) -> Bool {
    guard let folder else { return false }
    return (try? compile(folder.path("probe.c"), flags: flags)) != nil
  }

  private func compile(_ source: String, flags: [String]) throws -> [UInt8] {
    try executables.withLock { known in
      if let bytes = known[flags + [source]] { return bytes }
      let target = try #require(folder).path("program")
      let result = try OutsideProgram("cc", flags + ["-o", target, source]).run()
      try #require(result.status == 0, "\(String(decoding: result.errors, as: UTF8.self))")
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: target)))
      known[flags + [source]] = bytes
      return bytes
    }
  }
}

extension Misbehaviour {
  /// Those that this machine can compile and run; what can't be is named once on standard output.
  static let runnable: [Misbehaviour] = all.filter { misbehaviour in
    if let tool = misbehaviour.tool, !FileManager.default.isExecutableFile(atPath: tool) {
      print("CAPABILITY MISSING: no \(tool) for \(misbehaviour.testDescription)")
      return false
    }
    guard let build = misbehaviour.build, !build.isAvailable else { return true }
    print("CAPABILITY MISSING: no C compiler that makes \(misbehaviour.testDescription) (\(build))")
    return false
  }
}
