import Foundation
import Sandboxing
import TestSupport
import Testing

/// Somewhere that threadmark may have to work: as another user, under a seccomp profile of `ci/places/place.c`.
struct Place: Sendable, CustomTestStringConvertible {
  /// The user's id; nil to stay root.
  var user: Int?
  var profile: String
  /// The strongest tier that can be had there.
  var tier: String

  var testDescription: String { "\(user.map { "user \($0)" } ?? "root"), profile \(profile)" }

  /// The places to try, with the tier that each leaves.
  static let all = [
    Place(user: 65534, profile: "none", tier: "B"),
    Place(user: nil, profile: "docker", tier: "C"),
    Place(user: 65534, profile: "docker", tier: "D"),
    Place(user: 65534, profile: "mounts", tier: "D"),
    Place(user: 65534, profile: "maps", tier: "D"),
  ]

  /// Runs threadmark there, on a copy of what it needs that every user can read.
  /// - Parameters:
  ///   - arguments: its arguments.
  ///   - command: what starts it inside the place.
  /// - Returns: its exit status, standard output and standard error.
  /// - Throws: when it cannot be started.
  func threadmark(_ arguments: [String], under command: [String] = []) throws -> (
    status: Int32, output: String, errors: String
  ) {
    let copy = try #require(ReadableCopy.shared)
    let words = [user.map { "\($0)" } ?? "-", profile] + command + [copy.folder.path("threadmark")] + arguments
    let result = try OutsideProgram(
      copy.folder.path("place"), words, environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
      folder: copy.folder.path
    ).run(patience: .seconds(200))
    return (
      Int32(result.status), String(decoding: result.output, as: UTF8.self),
      String(decoding: result.errors, as: UTF8.self)
    )
  }
}

/// The executables, the exercises and the misbehaving programs, where a user without rights can read them.
final class ReadableCopy: Sendable {
  static let shared = try? ReadableCopy()
  let folder: TemporaryFolder

  private init() throws {
    folder = try TemporaryFolder()
    let built = ThreadmarkProcess.executable.deletingLastPathComponent().path
    let script = """
      set -e
      cd "\(folder.path)"
      cc -O1 -o place "\(Repository.root)/ci/places/place.c" -lseccomp
      cp "\(built)/threadmark" "\(built)/keeper" .
      cp -r "\(Repository.root)/exercises" "\(Repository.root)/fixtures/programs" .
      mkdir class
      cp exercises/threaded-printers/submissions/accepted/no_joins.py class/right.py
      cp exercises/threaded-printers/submissions/deadlock/locks_in_opposite_order.py class/stuck.py
      chmod -R a+rX .
      """
    let result = try OutsideProgram("/bin/sh", ["-c", script]).run()
    try #require(result.status == 0, "\(String(decoding: result.errors, as: UTF8.self))")
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips where places can't be emulated: that takes root, a C compiler and libseccomp's headers.
  static var requiresPlaces: Self {
    .enabled("emulating other places takes root, a C compiler and libseccomp's headers") {
      geteuid() == 0 && ReadableCopy.shared != nil
    }
  }
}
