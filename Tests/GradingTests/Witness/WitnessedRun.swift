import Foundation
import Grading
import Sandboxing

/// Runs Python programs with the witness, each in a container of its own.
///
/// Suites of such runs are serialized: with all their cases at once, 300 containers held 1,800 descriptors, and from
/// about 1,350 on Foundation's `Process.run` reads past the end of its own list of them and crashes.
struct WitnessedRun {
  var python: PythonInterpreter
  /// Whether the witness is loaded at all.
  var isWitnessed = true
  var observation = Observation()
  /// The arguments of Python; nil runs the program.
  var arguments: [String]?
  var environment: [String: String] = [:]
  /// Files beside the program's, in the student's folder.
  var work: [String: String] = [:]
  /// Files that the harness puts beside the witness.
  var harness: [String: [UInt8]] = [:]
  /// Files of a further folder on PYTHONPATH, behind the witness's.
  var other: [String: String] = [:]

  /// Runs a program in a container, observed as the grader's runs are.
  func run(_ program: String) async throws -> ExecutionResult {
    let prefix = URL(filePath: python.path).deletingLastPathComponent().deletingLastPathComponent().path
    let configuration = ContainerConfiguration(readable: prefix == "/usr" ? [] : [prefix])
    let container = try await Sandbox().makeContainer(configuration)
    let command = Command(
      executable: python.path, arguments: arguments ?? [Witness.programPath], environment: allVariables)
    let result = try await container.run(
      command, files: files(program), limits: Limits(wallTime: .seconds(120)), observation: observation)
    await container.close()
    return result
  }

  private func files(_ program: String) -> [ContainerFile] {
    var files = [ContainerFile(path: "run/program.py", in: .harness, contents: Array(program.utf8))]
    if isWitnessed { files += Witness.files }
    files += harness.map { ContainerFile(path: $0.key, in: .harness, contents: $0.value) }
    files += work.map { ContainerFile(path: $0.key, contents: Array($0.value.utf8)) }
    files += other.map { ContainerFile(path: "other/\($0.key)", in: .harness, contents: Array($0.value.utf8)) }
    return files
  }

  private var allVariables: [String: String] {
    let root = ContainerConfiguration.harnessFolder
    var variables = [
      "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/work", "PYTHONHASHSEED": "0",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]
    if isWitnessed {
      variables["PYTHONPATH"] = "\(root):\(root)/other"
      variables["THREADMARK_WITNESS"] = "\(root)/witness"
      variables["THREADMARK_FILES"] = ContainerConfiguration.workFolder
    }
    return variables.merging(environment) { $1.replacing("ROOT", with: root) }
  }
}
