import Glibc

/// Writes files below a container's folder, which only the harness can reach before the run.
struct FolderWriter {
  private let folder: Descriptor

  init(_ folder: Descriptor) { self.folder = folder }

  /// Writes one file and the folders above it.
  func write(_ file: ContainerFile) throws(SandboxError) {
    let parts = file.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.last, !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
      throw .systemCall("Putting the file \(file.path) into a container", call: "openat", errno: EINVAL)
    }
    var parent = folder
    for part in parts.dropLast() { parent = try enter(part, of: parent, for: file) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let number = unsafe openat(parent.number, name, flags, file.isExecutable ? 0o755 : 0o644)
    guard number >= 0 else { throw failure(file, call: "openat") }
    let target = Descriptor(number)
    try target.write(file.contents)
    if file.isExecutable { fchmod(number, 0o755) }
  }

  private func enter(_ name: String, of parent: Descriptor, for file: ContainerFile) throws(SandboxError) -> Descriptor
  {
    if unsafe mkdirat(parent.number, name, 0o755) < 0 && errno != EEXIST { throw failure(file, call: "mkdirat") }
    let number = unsafe openat(parent.number, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { throw failure(file, call: "openat") }
    return Descriptor(number)
  }

  private func failure(_ file: ContainerFile, call: String) -> SandboxError {
    .systemCall("Putting the file \(file.path) into a container", call: call, errno: errno)
  }
}
