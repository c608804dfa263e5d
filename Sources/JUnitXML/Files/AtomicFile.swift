internal import Glibc

/// A file that appears whole or not at all.
enum AtomicFile {
  /// Puts bytes in the place of a file, old or new.
  ///
  /// They are written beside it and flushed to the disk; `verify` gets what the disk gives back, and only when it
  /// doesn't throw is the file renamed into place. Whatever fails, the old file stays as it was and the new one goes
  /// away.
  static func replace(
    _ path: String, with bytes: [UInt8], verify: ([UInt8]) throws(JUnitError) -> Void
  ) throws(JUnitError) {
    let folder = folder(of: path)
    let beside = "\(folder)/.threadmark-\(getpid())-\(UInt64.random(in: 0 ... .max)).tmp"
    let file = try File(path: beside, flags: O_WRONLY | O_CREAT | O_EXCL)
    do throws(JUnitError) {
      try file.write(bytes)
      try file.synchronize()
      try verify(try File(path: beside, flags: O_RDONLY).contents())
      guard unsafe rename(beside, path) == 0 else { throw .file(call: "rename", path: path, number: errno) }
    } catch {
      unsafe unlink(beside)
      throw error
    }
    // The folder's entry is flushed too (fsync(2) says why). That is no condition: the file is in its place by now, and
    // some file systems can't flush folders.
    try? File(path: folder, flags: O_RDONLY | O_DIRECTORY).synchronize()
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// An open file, closed when it is let go.
private struct File: ~Copyable {
  private let descriptor: Int32
  private let path: String

  init(path: String, flags: Int32) throws(JUnitError) {
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .file(call: "open", path: path, number: errno) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  borrowing func write(_ bytes: [UInt8]) throws(JUnitError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw .file(call: "write", path: path, number: errno)
      }
    }
  }

  borrowing func synchronize() throws(JUnitError) {
    guard fsync(descriptor) == 0 else { throw .file(call: "fsync", path: path, number: errno) }
  }

  borrowing func contents() throws(JUnitError) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        contents += chunk[..<count]
      } else if count == 0 {
        return contents
      } else if errno != EINTR {
        throw .file(call: "read", path: path, number: errno)
      }
    }
  }
}
