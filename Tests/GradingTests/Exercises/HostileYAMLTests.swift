import Foundation
import TestSupport
import Testing

@testable import Grading

/// Files that try to make reading them expensive; each is refused at once.
@Suite(.timeLimit(.minutes(1)))
struct HostileYAMLTests {
  private func problems(_ text: String) -> [String] {
    let problems = ProblemList()
    _ = YAMLDocument.root(of: Array(text.utf8), reportingTo: problems)
    return problems.problems.map { "\($0.position.map { "\($0.line):\($0.column) " } ?? "")\($0.message)" }
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `nesting is refused before it exhausts the stack`(opening: String) throws {
    #expect(try #require(problems(String(repeating: opening, count: 100_000)).first).contains(/YAML|nested/))
  }

  @Test func `32 levels are read, and no more`() {
    let levels = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
    #expect(problems(levels(32)) == [])
    #expect(problems(levels(33)) == ["1:33 The file is too large: nested deeper than 32 levels."])
  }

  @Test func `deep values joined by aliases are refused`() {
    var text = "a0: &a0 " + String(repeating: "[", count: 900) + "x" + String(repeating: "]", count: 900) + "\n"
    for index in 1...8 {
      text +=
        "a\(index): &a\(index) " + String(repeating: "[", count: 900) + "*a\(index - 1)"
        + String(repeating: "]", count: 900) + "\n"
    }
    #expect(problems(text) == ["1:40 The file is too large: nested deeper than 32 levels."])
  }

  @Test func `aliases are few, whatever they stand for`() {
    #expect(problems("a: &a x\nb: [*a, *a, *a, *a, *a, *a, *a, *a]\n") == [])
    #expect(
      problems("a: &a x\nb: [*a, *a, *a, *a, *a, *a, *a, *a,\n *a]\n") == ["3:2 There are more than 8 aliases (*name)."]
    )
    #expect(problems("text: '*one* **two** ***three*** * four'\nfactor: 2*x*y*z\n") == [])
  }

  @Test func `aliases of aliases in a key are counted as what they stand for`() {
    let items = Array(repeating: "x", count: 2000).joined(separator: ", ")
    let text = "a: &a [\(items)]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n{*c: 1}: 2\n"
    #expect(problems(text).count == 1)
  }

  @Test func `values are few, with what aliases repeat`() {
    let items = Array(repeating: "x", count: 3000).joined(separator: ", ")
    #expect(problems("a: &a [\(items)]\nb: [*a, *a]\n") == [])
    #expect(
      problems("a: &a [\(items)]\nb: [*a, *a, *a]\n").first?.hasSuffix("The file is too large: more than 10000 values.")
        == true)
    #expect(problems((0..<20_000).map { "k\($0): 1\n" }.joined()).count == 1)
  }

  @Test func `an exercise of more than a mebibyte is not read`() throws {
    let folder = try TemporaryFolder()
    try folder.makeSparseFile("exercise.yaml", size: 1 << 30)
    let error = #expect(throws: ExerciseError.self) { try Exercise.load(folder: folder.path) }
    #expect(error?.problems == [.init("The file has 1073741824 bytes; the most is 1 MiB.")])
  }

  @Test func `an exercise that is a pipe or a folder is an error`() throws {
    let folder = try TemporaryFolder()
    try folder.makePipe("exercise.yaml")
    let pipe = #expect(throws: ExerciseError.self) { try Exercise.load(folder: folder.path) }
    #expect(pipe?.problems == [.init("The file cannot be read: it is a named pipe (FIFO).")])
    let other = try TemporaryFolder(["exercise.yaml/x": ""])
    let inside = #expect(throws: ExerciseError.self) { try Exercise.load(folder: other.path) }
    #expect(inside?.problems == [.init("The file cannot be read: it is a folder.")])
  }

  @Test(arguments: ["/nowhere", "/etc/passwd", ""])
  func `a folder without an exercise is an error that names the file`(folder: String) {
    let error = #expect(throws: ExerciseError.self) { try Exercise.load(folder: folder) }
    #expect(
      error?.description
        == """
        \(folder)/exercise.yaml: There is no such file. Give an exercise's folder: the one that exercise.yaml is in.
        """)
  }
}
