import Foundation

/// Runs programs of the machine itself, for tests of what such programs say.
public enum Outside {
  /// Whether a program is on `PATH` and runs.
  public static func has(_ name: String) -> Bool {
    (try? run("/usr/bin/env", [name, "--version"]))?.status == 0
  }

  /// Runs a program to its end.
  /// - Returns: its exit status and what it printed on standard output.
  public static func run(_ executable: String, _ arguments: [String]) throws -> (status: Int, output: [UInt8]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (Int(process.terminationStatus), Array(output))
  }
}
