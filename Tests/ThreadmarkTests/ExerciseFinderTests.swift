import Foundation
import TestSupport
import Testing

@testable import threadmark

struct ExerciseFinderTests {
  private let folder: TemporaryFolder

  /// Two exercises with the entry `program.py` and one with `squares.py`.
  init() throws {
    folder = try TemporaryFolder([
      "exercises/one/exercise.yaml": "program.py", "exercises/two/exercise.yaml": "program.py",
      "exercises/squares/exercise.yaml": "squares.py", "exercises/squares/starter/squares.py": "",
      "exercises/squares/submissions/accepted/deep/other.py": "", "handed-in/squares.py": "",
      "handed-in/program.py": "", "both/squares.py": "", "strange.py": "", "exercises/README.md": "",
    ])
  }

  @Test func `a submission in an exercise's folder belongs to it`() throws {
    for name in ["starter/squares.py", "starter", "submissions/accepted/deep/other.py"] {
      #expect(try find("exercises/squares/\(name)") == folder.path("exercises/squares"))
    }
  }

  @Test func `elsewhere the only exercise that asks for a file of its name is it`() throws {
    #expect(try find("handed-in/squares.py") == folder.path("exercises/squares"))
    #expect(try find("both") == folder.path("exercises/squares"))
  }

  @Test func `several candidates are listed`() throws {
    let error = try #require(throws: CommandFailure.self) { try find("handed-in/program.py") }
    #expect(error.status == .usage)
    #expect(error.message.contains("one, two") && error.message.contains("--exercise"))
    let folders = try #require(throws: CommandFailure.self) { try find("handed-in") }
    #expect(folders.message.contains("one, squares, two"))
  }

  @Test func `an exercise that is named wins over where the submission lies`() throws {
    #expect(try find("exercises/squares/starter/squares.py", named: "one") == folder.path("exercises/one"))
    #expect(try find("strange.py", named: folder.path("exercises/two")) == folder.path("exercises/two"))
  }

  @Test func `what cannot be found is said with what there is`() throws {
    for (submission, name, words) in [
      ("strange.py", nil, "No exercise asks for"), ("strange.py", "three", "There are: one, squares, two."),
      ("nowhere.py", nil, "There is no file"), ("exercises/one", nil, "is an exercise, not a submission"),
      ("strange.py", folder.path("both"), "no exercise.yaml"),
    ] as [(String, String?, String)] {
      let error = try #require(throws: CommandFailure.self) { try find(submission, named: name) }
      #expect(error.message.contains(words), "\(error.message)")
    }
  }

  @Test func `exercises are looked for where the first of option, variable and surroundings says`() throws {
    let inner = folder.path("exercises/squares/starter")
    let around = try library(currentFolder: inner)
    #expect(around.entries.map(\.id) == ["one", "squares", "two"])
    #expect(try library(environment: ["THREADMARK_EXERCISES": "/nowhere:\(folder.path)"]).entries.isEmpty)
    let variable = ["THREADMARK_EXERCISES": "/nowhere:\(folder.path("exercises"))"]
    #expect(try library(environment: variable).entries.count == 3)
    #expect(try library(folder: folder.path("both"), environment: variable).entries.isEmpty)
    #expect(try library(executable: folder.path(".build/debug/threadmark")).entries.count == 3)
    #expect(try library().known.contains("--exercises"))
    #expect(throws: CommandFailure.self) { try library(folder: "/nowhere") }
  }

  @Test func `the nearest of two exercises with the same id is taken`() throws {
    try folder.write([], to: "both/exercises/one/exercise.yaml")
    let library = try library(currentFolder: folder.path("both"))
    #expect(try library.folder(named: "one") == folder.path("both/exercises/one"))
    #expect(try library.folder(named: "two") == folder.path("exercises/two"))
  }

  private func library(
    folder: String? = nil, environment: [String: String] = [:], currentFolder: String = "/",
    executable: String = "/nowhere/threadmark"
  ) throws -> ExerciseLibrary {
    try ExerciseLibrary(
      folder: folder, environment: environment, currentFolder: currentFolder, executable: executable)
  }

  private func find(_ submission: String, named name: String? = nil) throws -> String {
    let library = ExerciseLibrary(roots: [folder.path("exercises")])
    let finder = ExerciseFinder(library: library) { folder in
      try? String(contentsOfFile: "\(folder)/exercise.yaml", encoding: .utf8)
    }
    return try finder.folder(forSubmission: folder.path(submission), named: name)
  }
}
