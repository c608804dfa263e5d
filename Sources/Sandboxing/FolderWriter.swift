internal import CKeeper
import Glibc

/// Writes files below a container's folder, which only the harness can reach before the run.
struct FolderWriter {
  private let folder: Descriptor
  /// Whom the files must belong to, where that is not the harness's own user.
  private let owner: uid_t?

  init(_ folder: Descriptor, owner: uid_t?) {
    self.folder = folder
    self.owner = owner
  }

  /// Writes one file and the folders above it.
  func write(_ file: ContainerFile) throws(SandboxError) {
    let parts = file.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.last, !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
      throw .systemCall("Putting the file \(file.path) into a container", call: "openat", errno: EINVAL)
    }
    var parent = folder
    for part in parts.dropLast() { parent = try enter(part, of: parent, for: file) }
    if file.isExecutable { keeper_hold_starts() }
    defer { if file.isExecutable { keeper_allow_starts() } }
    try fill(name, in: parent, with: file)
  }

  /// Also closes what it opened.
  private func fill(_ name: String, in parent: Descriptor, with file: ContainerFile) throws(SandboxError) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let number = unsafe openat(parent.number, name, flags, file.isExecutable ? 0o755 : 0o644)
    guard number >= 0 else { throw failure(file, call: "openat") }
    let target = Descriptor(number)
    try target.write(file.contents)
    fchmod(number, file.isExecutable ? 0o755 : 0o644)  // whatever the harness's umask takes away
    try give(target, file)
  }

  private func give(_ target: Descriptor, _ file: ContainerFile) throws(SandboxError) {
    guard let owner else { return }
    guard fchown(target.number, owner, owner) == 0 else { throw failure(file, call: "fchown") }
  }

  private func enter(_ name: String, of parent: Descriptor, for file: ContainerFile) throws(SandboxError) -> Descriptor
  {
    let isNew = unsafe mkdirat(parent.number, name, 0o755) == 0
    if !isNew && errno != EEXIST { throw failure(file, call: "mkdirat") }
    let number = unsafe openat(parent.number, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { throw failure(file, call: "openat") }
    let entered = Descriptor(number)
    if isNew {
      fchmod(number, 0o755)
      try give(entered, file)
    }
    return entered
  }

  private func failure(_ file: ContainerFile, call: String) -> SandboxError {
    .systemCall("Putting the file \(file.path) into a container", call: call, errno: errno)
  }
}
