extension JUnitReport {
  /// Writes the report to a file that appears whole or not at all.
  ///
  /// The document is written beside its place and flushed, read back from the disk, compared with these values, validated,
  /// and renamed. When anything of that fails a `JUnitError` is thrown, the old file is untouched, and nothing is left
  /// beside it. A symbolic link at `path` is replaced, not followed. Outputs are cut as `xml(limit:)` says.
  public func write(to path: String) throws(JUnitError) {
    let (report, bytes) = try fitted(to: JUnitReport.sizeLimit)
    try AtomicFile.replace(path, with: bytes) { written throws(JUnitError) in
      try report.verify(written)
    }
  }
}
