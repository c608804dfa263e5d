import Foundation

/// What says at which lines a compiled program hangs, where this machine has it.
public struct Debugger: Sendable, Equatable {
  /// The command's name, such as `eu-stack`.
  public var name: String

  /// What is used here, the better one first; nil where there is none.
  ///
  /// Containers see these folders.
  public static let present: Debugger? = ["eu-stack", "gdb"].first { name in
    ["/usr/local/bin", "/usr/bin", "/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }.map(Debugger.init)
}
