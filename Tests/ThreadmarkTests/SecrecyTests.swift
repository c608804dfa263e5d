import Foundation
import Grading
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

/// What the exercise hides, and what others handed in, a submission can't see.
@Suite("A submission that looks for the answers", .requiresSandbox, .requiresPython)
struct SecrecyTests {
  /// Looks into every file that it can list, and at those whose paths it was given; its own text has the word in two halves.
  ///
  /// Where the container has no root of its own, Landlock keeps contents and lists of names, but whoever knows a path is told
  /// that something is there.
  private static func spy(word: String, paths: [String], hasRoot: Bool) -> String {
    """
    import os
    word = b"\(word.prefix(20))" + b"\(word.dropFirst(20))"
    def seen(path):
        try:
            with open(path, "rb") as file:
                return word in file.read(1 << 20)
        except OSError:
            return False
    for path in \(paths):
        if os.path.exists(path) and (\(hasRoot ? "True" : "False") or seen(path)):
            print("there is", path)
    for top, folders, files in os.walk("/"):
        if top == "/":
            folders[:] = [name for name in folders if name not in ("proc", "sys", "dev", "usr", "lib", "lib64", "bin", "sbin")]
        for name in files:
            path = os.path.join(top, name)
            if os.path.isfile(path) and seen(path):
                print("found", path)
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            numbers = os.listdir("/proc/%s/fd" % process)
        except OSError:
            numbers = []
        for number in numbers:
            path = "/proc/%s/fd/%s" % (process, number)
            if os.path.isfile(path) and seen(path):
                print("found", path)
    print("looked")
    """
  }

  @Test(.requires(.cgroup)) func `sees neither the exercise nor another's program in tier A`() async throws {
    try await seesNothing(in: .cgroup)
  }
  @Test(.requires(.namespaces)) func `sees neither the exercise nor another's program in tier B`() async throws {
    try await seesNothing(in: .namespaces)
  }
  @Test(.requires(.ownUser)) func `sees neither the exercise nor another's program in tier C`() async throws {
    try await seesNothing(in: .ownUser)
  }
  @Test(.requires(.light)) func `sees neither the exercise nor another's program in tier D`() async throws {
    try await seesNothing(in: .light)
  }

  private func seesNothing(in tier: IsolationTier) async throws {
    let word = "answer-\(UUID().uuidString)"
    let folder = try TemporaryFolder([
      "exercise/exercise.yaml": """
      schemaVersion: 1
      title: Looking around
      language: python
      entry: spy.py
      scenarios:
        - id: plain
          repeat: 2
      checks:
        - id: looks
          title: It sees nothing
          check: order
          points: 1
          events:
            looked: "looked"
          rules:
            - count: {of: looked, equals: 1}
            - nothing_else: true
      # \(word)
      """,
      "exercise/submissions/accepted/right.py": "# \(word)\n",
      "exercise/expected.txt": "\(word)\n",
      "class/other/spy.py": "# \(word)\nprint('looked')\n",
    ])
    let names = ["exercise/exercise.yaml", "exercise/expected.txt", "class/other/spy.py"]
    let spyProgram = Self.spy(word: word, paths: names.map(folder.path), hasRoot: tier.hasNamespaces)
    try folder.write(Array(spyProgram.utf8), to: "class/spy/spy.py")
    let marking = try await Marking(
      Marking.exercise(in: folder.path("exercise")), python: "/usr/bin/python3", tier: tier)
    let other = try await marking.grader.grade(SubmissionReference(path: folder.path("class/other")))
    #expect(other.verdict == .accepted)
    let spy = try await marking.grader.grade(SubmissionReference(path: folder.path("class/spy")))
    #expect(spy.verdict == .accepted, "\(spy.checks.map { $0.output + $0.errors })")
  }
}
