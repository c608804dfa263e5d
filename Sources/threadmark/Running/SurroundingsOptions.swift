public import ArgumentParser
import Foundation
public import Sandboxing

/// What the command of `run` sees and is given.
struct SurroundingsOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The network: none, loopback or host.", valueName: "network"))
  var network = NetworkAccess.none

  @Option(help: ArgumentHelp("A file or folder that it can read; may be given several times.", valueName: "path"))
  var read: [String] = []

  @Option(help: ArgumentHelp("A file or folder that it can read and write.", valueName: "path"))
  var write: [String] = []

  @Option(help: ArgumentHelp("A variable of its environment; may be given several times.", valueName: "name=value"))
  var env: [String] = []

  @Option(help: ArgumentHelp("A file to be its standard input. Default: nothing.", valueName: "file"))
  var stdin: String?

  @Option(help: ArgumentHelp("The folder it starts in. Default: an empty one of its own.", valueName: "folder"))
  var cwd: String?

  private static let systemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]

  func validate() throws {
    for assignment in env where assignment.first == "=" || !assignment.contains("=") {
      throw ValidationError("--env \(assignment) is not of the form name=value.")
    }
    for path in read + write where !FileManager.default.fileExists(atPath: path) {
      throw ValidationError("There is no file or folder \(path).")
    }
    if let stdin, Folder.exists(stdin) || !FileManager.default.isReadableFile(atPath: stdin) {
      throw ValidationError("\(stdin) can't be read as standard input.")
    }
  }

  /// The command with its surroundings.
  func command(executable: String, arguments: [String]) -> Command {
    var environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": ContainerConfiguration.workFolder, "LANG": "C.UTF-8",
      "TMPDIR": "/tmp",
    ]
    for assignment in env {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      environment[String(parts[0])] = String(parts[1])
    }
    return Command(
      executable: executable, arguments: arguments, environment: environment,
      workingDirectory: cwd.map { Folder.absolute($0) },
      standardInput: stdin.map { .file(path: Folder.absolute($0)) } ?? .empty)
  }

  /// The container it runs in; the executable itself is visible wherever it is.
  func configuration(for command: Command, diskSpace: Int) throws -> ContainerConfiguration {
    let isSystem = Self.systemFolders.contains { command.executable.hasPrefix($0 + "/") }
    let readable = read.map { Folder.absolute($0) } + (isSystem ? [] : [command.executable])
    return ContainerConfiguration(
      readable: readable, writable: write.map { Folder.absolute($0) }, network: network, diskSpace: diskSpace)
  }
}

extension NetworkAccess: ExpressibleByArgument {}
