import Foundation
import TestSupport
import Testing

@testable import Grading

/// Every folder of `fixtures/exercises` is broken on purpose; `expected.txt` is what is said about it.
///
/// A missing `expected.txt` is written, and the test fails once, so that somebody reads what was recorded.
struct BrokenExerciseTests {
  private static let folder = "fixtures/exercises"

  @Test(arguments: Repository.names(in: folder))
  func `everything that is wrong with an exercise is said, each with its place`(name: String) throws {
    let folder = "\(Repository.root)/\(Self.folder)/\(name)"
    let error = try #require(throws: ExerciseError.self) { try Exercise.load(folder: folder) }
    let actual = error.description.replacing("\(folder)/", with: "") + "\n"
    let url = URL(fileURLWithPath: "\(folder)/expected.txt")
    guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
      try Data(actual.utf8).write(to: url)
      Issue.record("Recorded \(name)/expected.txt; read it and run the test again.")
      return
    }
    #expect(actual == expected)
  }

  @Test func `there are broken exercises`() {
    #expect(Repository.names(in: Self.folder).count > 30)
  }
}
