internal import CKeeper
import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class Descriptor: Sendable {
  /// The kernel's number.
  let number: Int32

  /// Takes the descriptor over.
  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// A memory file holding these bytes.
  static func memoryFile(named name: String, _ bytes: [UInt8] = []) throws(SandboxError) -> Descriptor {
    let number = unsafe keeper_memory_file(name)
    guard number >= 0 else { throw .systemCall("Making a memory file", call: "memfd_create", errno: errno) }
    let file = Descriptor(number)
    if bytes.isEmpty { return file }
    try file.write(bytes)
    guard lseek(number, 0, SEEK_SET) >= 0 else {
      throw .systemCall("Rewinding a memory file", call: "lseek", errno: errno)
    }
    return file
  }

  /// A memory file of strings, each ended by NUL; a NUL inside a string is refused.
  static func texts(_ strings: [String]) throws(SandboxError) -> Descriptor {
    try memoryFile(named: "texts", bytes(strings))
  }

  /// Strings one after the other, each ended by NUL; a NUL inside a string is refused.
  static func bytes(_ strings: [String]) throws(SandboxError) -> [UInt8] {
    var bytes: [UInt8] = []
    for string in strings {
      guard !string.utf8.contains(0) else {
        throw .systemCall("Passing a text that contains a NUL byte", call: "execve", errno: EINVAL)
      }
      bytes += string.utf8
      bytes.append(0)
    }
    return bytes
  }

  /// Writes all of the bytes.
  func write(_ bytes: [UInt8]) throws(SandboxError) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress.map { unsafe $0 + done }, $0.count - done)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .systemCall("Writing \(bytes.count) bytes", call: "write", errno: errno) }
      done += written
    }
  }

  /// Reads from an offset to the end.
  func readAll(from offset: Int = 0) throws(SandboxError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else {
      throw .systemCall("Measuring a memory file", call: "fstat", errno: errno)
    }
    let size = max(0, Int(status.st_size) - offset)
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(number, $0.baseAddress.map { unsafe $0 + done }, size - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .systemCall("Reading a memory file", call: "pread", errno: errno) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }
}
