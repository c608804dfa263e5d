import Foundation
import Grading

/// The submissions that come with an exercise, each with the verdict that it must get.
struct ReferenceSubmissions {
  let cases: [Case]

  /// A submission and its verdict.
  struct Case: Equatable {
    let expected: Verdict
    /// Its path, the verdict's folder and its name.
    let name: String
    let path: String
  }

  /// The entries of `submissions/<verdict>/` in an exercise's folder, in the order of their names.
  /// - Throws: `CommandFailure` where a folder is not named for a verdict, or there are none at all.
  init(exercise folder: String) throws {
    let root = "\(folder)/submissions"
    cases = try Self.names(in: root).filter { Folder.exists("\(root)/\($0)") }.flatMap { name in
      guard let verdict = Verdict(rawValue: name) else {
        let verdicts = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure.usage("\(root)/\(name) is not named for a verdict. There are: \(verdicts).")
      }
      return Self.names(in: "\(root)/\(name)").map {
        Case(expected: verdict, name: "\(name)/\($0)", path: "\(root)/\(name)/\($0)")
      }
    }
    guard !cases.isEmpty else {
      throw CommandFailure.usage("There is nothing to verify: no submissions in \(root)/<verdict>/.")
    }
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") && $0 != "__pycache__" }.sorted()
  }
}
