internal import Glibc

extension JUnitReport {
  /// Writes the report to a file that appears whole or not at all; for the profile `surefire` to a folder of such
  /// files.
  ///
  /// The document is written beside its place and flushed, read back from the disk, compared with these values,
  /// validated, and renamed. When anything of that fails a `JUnitError` is thrown, the old file is untouched, and
  /// nothing is left beside it. A symbolic link at `path` is replaced, not followed. Outputs are cut as `xml(limit:)`
  /// says.
  ///
  /// The folder of the profile `surefire` is made if it isn't there, other files in it stay, and each file by itself is
  /// whole or not there.
  public func write(to path: String, profile: Profile = .default) throws(JUnitError) {
    let renderings = try renderings(profile, limit: JUnitReport.sizeLimit)
    if profile == .surefire, unsafe mkdir(path, 0o755) != 0, errno != EEXIST {
      throw .file(call: "mkdir", path: path, number: errno)
    }
    for rendering in renderings {
      let file = profile == .surefire ? "\(path)/\(rendering.fileName)" : path
      try AtomicFile.replace(file, with: rendering.bytes, verify: rendering.verify)
    }
  }
}
