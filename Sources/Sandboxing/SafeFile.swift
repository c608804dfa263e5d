import Glibc

/// A file that nobody vouches for, read without blocking on it and without reading more than asked.
public enum SafeFile {
  /// Reads a regular file that the user named; links in the path are followed.
  /// - Parameters:
  ///   - path: where it is.
  ///   - limit: the most bytes it may have.
  /// - Returns: what is in it.
  /// - Throws: `SafeFileError`.
  public static func contents(path: String, atMost limit: Int) throws(SafeFileError) -> Contents {
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .systemCall("open", errno: errno) }
    defer { close(descriptor) }
    return try contents(descriptor, atMost: limit)
  }

  /// What was read of a file.
  public struct Contents: Sendable, Equatable {
    /// Its bytes.
    public var bytes: [UInt8]
    /// Whether its owner may execute it.
    public var isExecutable: Bool
  }

  /// What kind of thing a name stands for.
  public enum Kind: Sendable, Equatable {
    /// A file with contents.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A FIFO, socket or device, in words.
    case other(String)
  }

  static func kind(_ mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    case S_IFIFO: .other("a named pipe (FIFO)")
    case S_IFSOCK: .other("a socket")
    case S_IFCHR, S_IFBLK: .other("a device")
    default: .other("neither a file nor a folder")
    }
  }

  static func contents(_ descriptor: Int32, atMost limit: Int) throws(SafeFileError) -> Contents {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .systemCall("fstat", errno: errno) }
    let kind = kind(status.st_mode)
    guard kind == .file else { throw .notAFile(kind) }
    guard status.st_size <= limit else { throw .tooLarge(Int(status.st_size), limit: limit) }
    let bytes = try read(descriptor, atMost: limit, expecting: Int(status.st_size))
    return Contents(bytes: bytes, isExecutable: status.st_mode & S_IXUSR != 0)
  }

  /// Reads to the end of the file; it may have grown since its size was asked for, so the limit is kept here as well.
  private static func read(_ descriptor: Int32, atMost limit: Int, expecting size: Int) throws(SafeFileError)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 4096), 1 << 20))
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .systemCall("read", errno: errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .tooLarge(bytes.count, limit: limit) }
    }
  }
}

/// Why an untrusted file or folder was not read.
public enum SafeFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is something else than what was asked for.
  case notAFile(SafeFile.Kind)
  /// It has at least this many bytes, more than the limit.
  case tooLarge(Int, limit: Int)
  /// The folder has more entries than the limit.
  case tooManyEntries(limit: Int)
  /// A system call failed: its name and errno.
  case systemCall(String, errno: Int32)

  /// A phrase that says what is wrong, to follow a name and a colon.
  public var description: String {
    switch self {
    case .notAFile(.file): "it is a file"
    case .notAFile(.folder): "it is a folder"
    case .notAFile(.link): "it is a symbolic link"
    case .notAFile(.other(let what)): "it is \(what)"
    case .tooLarge(let size, let limit): "it has \(size) bytes, more than \(limit)"
    case .tooManyEntries(let limit): "it has more than \(limit) entries"
    case .systemCall(let call, let errno):
      "\(call) reported \(ErrorNumber.name(errno)) (\(ErrorNumber.message(errno)))"
    }
  }
}
