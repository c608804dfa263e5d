import Foundation

/// The library that is preloaded into programs without a witness: it brings their threads to the gate.
public enum GateLibrary {
  /// Its bytes; nil where the file `libgate.so` is missing beside the keeper.
  public static let contents: [UInt8]? = {
    guard let keeper = try? Sandbox.keeperExecutable() else { return nil }
    let file = URL(fileURLWithPath: keeper).deletingLastPathComponent().appendingPathComponent("libgate.so")
    return (try? Data(contentsOf: file)).map(Array.init)
  }()
}
