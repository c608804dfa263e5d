import Sandboxing

/// Runs programs of the machine itself, for tests of what such programs say.
public enum Outside {
  /// Whether a program is on `PATH` and runs.
  public static func has(_ name: String) -> Bool {
    (try? run("/usr/bin/env", [name, "--version"]))?.status == 0
  }

  /// Runs a program to its end.
  /// - Returns: its exit status, from 128 for a signal, and what it printed on standard output.
  public static func run(_ executable: String, _ arguments: [String]) throws -> (status: Int, output: [UInt8]) {
    let result = try OutsideProgram(executable, arguments).run()
    return (result.status, result.output)
  }
}
