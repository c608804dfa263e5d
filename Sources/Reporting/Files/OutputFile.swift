public import Foundation
internal import Glibc

/// A file that appears whole or not at all: written beside its place, synced, then moved there.
public struct OutputFile: Sendable, Equatable {
  /// The path as it was asked for.
  public let path: String

  /// The file at a path.
  public init(path: String) {
    self.path = path
  }

  /// Finds out whether the file could be written, without touching what is there.
  /// - Throws: `OutputError`, saying what is in the way.
  public func probe() throws {
    try requireFolder()
    try requireRegular()
    let temporary = temporaryPath
    let descriptor = try create(temporary)
    close(descriptor)
    unlink(temporary)
  }

  /// Writes the whole file, in place of what was there.
  /// - Throws: `OutputError`; the file is then what it was before.
  public func write(_ data: Data) throws {
    try requireRegular()
    let temporary = temporaryPath
    let descriptor = try create(temporary)
    do {
      defer { close(descriptor) }
      try write(data, to: descriptor)
      guard fsync(descriptor) == 0 else { throw OutputError(path: path, failed: "synced to the disk", errno: errno) }
      guard rename(temporary, destination) == 0 else {
        throw OutputError(path: path, failed: "moved into place", errno: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Where the file really is, when its path is a symbolic link: the link stays, what it points to is replaced.
  var destination: String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private var temporaryPath: String {
    let url = URL(filePath: destination)
    return url.deletingLastPathComponent().path(percentEncoded: false) + ".\(url.lastPathComponent).\(getpid()).part"
  }

  private func requireFolder() throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw OutputError(path: path, reason: "cannot be written: its folder does not exist")
    }
  }

  /// Renaming onto a device or a pipe would replace it, `/dev/null` for everyone.
  func requireRegular() throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw OutputError(path: path, reason: "is a folder, not a file") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw OutputError(path: path, reason: "is not a regular file") }
  }

  private func create(_ temporary: String) throws -> Int32 {
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, failed: "written", errno: errno) }
    return descriptor
  }

  private func write(_ data: Data, to descriptor: Int32) throws {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(path: path, failed: "written", errno: errno)
      }
      rest = rest.dropFirst(count)
    }
  }
}
