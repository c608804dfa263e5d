import Foundation
import Sandboxing

/// A folder in which an exercise's server makes its socket, and to which nobody else finds a way.
struct ServerFolder: Sendable {
  /// Where it is: outside of `/tmp`, which every container has for itself.
  let path: String
  /// What it is in, which is closed to other users: in the folder itself a server may write, whoever it is.
  private let parent: String

  /// Does something with such a folder, which is removed afterwards.
  static func with<Value>(_ body: (_ folder: ServerFolder) async throws -> Value) async throws -> Value {
    let place = FileManager.default.isWritableFile(atPath: "/var/tmp") ? "/var/tmp" : NSTemporaryDirectory()
    let folder = ServerFolder(in: "\(place)/threadmark-\(UUID().uuidString.prefix(13))")
    defer { try? FileManager.default.removeItem(atPath: folder.parent) }
    try Self.make(folder.parent, mode: 0o700)
    try Self.make(folder.path, mode: 0o777)
    return try await body(folder)
  }

  private init(in parent: String) {
    self.parent = parent
    path = "\(parent)/\(UUID().uuidString)"
  }

  /// Lets programs of a tier in, where they are other users and have the machine's own folders: those who know the path.
  func admitPrograms(of tier: IsolationTier) throws {
    guard tier == .ownUser || tier == .bare else { return }
    try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: parent)
  }

  private static func make(_ path: String, mode: Int) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: mode])
  }
}
