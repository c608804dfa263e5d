import Glibc

/// A folder that nobody vouches for, walked one name at a time, so that no link in it is ever followed.
///
/// Names are bytes: file systems promise no encoding.
public struct SafeFolder: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Something in the folder.
  public struct Entry: Sendable, Equatable {
    /// Its name, any bytes but `/` and zero.
    public var name: [UInt8]
    /// What it was when the folder was listed.
    public var kind: SafeFile.Kind
  }

  /// Opens a folder that the user named; links in the path are followed.
  /// - Parameter path: where it is.
  /// - Throws: `SafeFileError`.
  public init(path: String) throws(SafeFileError) {
    try self.init(parent: AT_FDCWD, name: Array(path.utf8), flags: 0)
  }

  private init(parent: Int32, name: [UInt8], flags: Int32) throws(SafeFileError) {
    descriptor = unsafe openat(
      parent, name.terminated, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC | flags)
    guard descriptor >= 0 else { throw .systemCall("openat", errno: errno) }
  }

  deinit { close(descriptor) }

  /// What is in the folder, without `.` and `..`, sorted by the names' bytes.
  /// - Parameter limit: the most entries it may have.
  /// - Returns: its entries.
  /// - Throws: `SafeFileError`.
  public func entries(atMost limit: Int) throws(SafeFileError) -> [Entry] {
    try names(atMost: limit).sorted { $0.lexicographicallyPrecedes($1) }
      .map { (name) throws(SafeFileError) in Entry(name: name, kind: try kind(of: name)) }
  }

  /// What a name of this folder stands for, itself, not what it links to.
  /// - Parameter name: one name, not a path.
  /// - Returns: the kind.
  /// - Throws: `SafeFileError`.
  public func kind(of name: [UInt8]) throws(SafeFileError) -> SafeFile.Kind {
    var status = stat()
    let result = unsafe fstatat(descriptor, try checked(name).terminated, &status, AT_SYMLINK_NOFOLLOW)
    guard result == 0 else { throw .systemCall("fstatat", errno: errno) }
    return SafeFile.kind(status.st_mode)
  }

  /// Opens a folder of this folder.
  /// - Parameter name: one name, not a path.
  /// - Returns: the folder.
  /// - Throws: `SafeFileError`, also when the name is a link.
  public func folder(_ name: [UInt8]) throws(SafeFileError) -> SafeFolder {
    try SafeFolder(parent: descriptor, name: try checked(name), flags: O_NOFOLLOW)
  }

  /// Reads a regular file of this folder.
  /// - Parameters:
  ///   - name: one name, not a path.
  ///   - limit: the most bytes it may have.
  /// - Returns: what is in it.
  /// - Throws: `SafeFileError`, also when the name is a link.
  public func contents(of name: [UInt8], atMost limit: Int) throws(SafeFileError) -> SafeFile.Contents {
    // Asked first, because opening a device can already do something to it.
    let kind = try kind(of: name)
    guard kind == .file else { throw .notAFile(kind) }
    let file = unsafe openat(
      descriptor, name.terminated, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw .systemCall("openat", errno: errno) }
    defer { close(file) }
    return try SafeFile.contents(file, atMost: limit)
  }

  private func checked(_ name: [UInt8]) throws(SafeFileError) -> [UInt8] {
    let isOneName = !name.isEmpty && !name.contains(UInt8(ascii: "/")) && !name.contains(0) && name != [0x2e, 0x2e]
    guard isOneName else { throw .systemCall("openat", errno: EINVAL) }
    return name
  }

  private func names(atMost limit: Int) throws(SafeFileError) -> [[UInt8]] {
    // A descriptor of its own, because closedir(3) closes the one it was given.
    let listing = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard listing >= 0 else { throw .systemCall("openat", errno: errno) }
    guard let stream = unsafe fdopendir(listing) else {
      close(listing)
      throw .systemCall("fdopendir", errno: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw .systemCall("readdir", errno: errno) }
        return names
      }
      let name = unsafe Self.name(of: entry)
      if name == [0x2e] || name == [0x2e, 0x2e] { continue }
      guard names.count < limit else { throw .tooManyEntries(limit: limit) }
      names.append(name)
    }
  }

  /// The name of a directory entry, which is shorter in memory than its type says.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let start = unsafe UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
    let text = unsafe start.assumingMemoryBound(to: CChar.self)
    return unsafe UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }
}

extension [UInt8] {
  /// The same bytes as a C string.
  fileprivate var terminated: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}
