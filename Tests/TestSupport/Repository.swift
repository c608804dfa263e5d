import Foundation

/// The folders of this package's sources.
public enum Repository {
  /// The absolute path of the package's folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The names in a folder of the package, sorted, without hidden ones.
  public static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }
}
