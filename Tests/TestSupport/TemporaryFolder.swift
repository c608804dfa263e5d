import Foundation

/// A folder that is there for one test and removed with it.
public final class TemporaryFolder: Sendable {
  /// Its absolute path.
  public let path: String

  /// Makes a folder with these files: relative paths and texts.
  public init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.path + "/threadmark-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(Array(text.utf8), to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of a name in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, making the folders it is in.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try makeFolder(name.split(separator: "/").dropLast().joined(separator: "/"))
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  /// Lets a file be executed.
  public func makeExecutable(_ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
  }

  /// Makes a folder and those it is in.
  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// Makes a symbolic link.
  public func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// Makes a named pipe.
  public func makePipe(_ name: String) throws {
    guard mkfifo(path(name), 0o644) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  /// Makes a file that has a size but takes no space.
  public func makeSparseFile(_ name: String, size: Int) throws {
    try write([], to: name)
    guard truncate(path(name), size) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  /// Makes a file whose name is any bytes.
  public func makeFile(named name: [UInt8], contents: String = "") throws {
    let path = (Array(self.path.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    guard let file = fopen(path, "w") else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    defer { fclose(file) }
    guard fputs(contents, file) >= 0 else { throw POSIXError(.EIO) }
  }
}
