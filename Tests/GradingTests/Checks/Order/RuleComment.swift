import Foundation
import TestSupport
import Testing

@testable import Grading

/// The comment at the head of a rule's file: its formula and the example that is run as a test.
struct RuleComment: Sendable, CustomTestStringConvertible {
  /// The file's name.
  var file: String
  /// The rule's name in `exercise.yaml`.
  var name: String
  /// The first line.
  var abstract: String
  /// `events` and `rules` as in `exercise.yaml`.
  var check: String
  var holdsFor: [String]
  var failsFor: [String]
  var says: String

  static let folder = "Sources/Grading/Checks/Order/Rules"

  var testDescription: String { file }

  /// The comments of all rules.
  static var all: [RuleComment] {
    get throws { try Repository.names(in: folder).map { try RuleComment(file: $0) } }
  }

  private init(file: String) throws {
    let source = try String(contentsOfFile: "\(Repository.root)/\(Self.folder)/\(file)", encoding: .utf8)
    let comment = source.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("///") }
      .map { String($0.dropFirst($0.hasPrefix("/// ") ? 4 : 3)) }
    self.file = file
    name = try #require(source.firstMatch(of: /static let name = "([a-z_]+)"/)).1.description
    abstract = try #require(comment.first)
    check = Self.block(in: comment[...]).joined(separator: "\n")
    holdsFor = Self.block(in: try Self.part(of: comment, after: "Holds for:"))
    failsFor = Self.block(in: try Self.part(of: comment, after: "Fails for:"))
    let words = try Self.part(of: comment, after: "Says: ")
    says = words.joined(separator: " ").replacing("Says: ", with: "")
  }

  private static func part(of comment: [String], after heading: String) throws -> ArraySlice<String> {
    comment[try #require(comment.firstIndex { $0.hasPrefix(heading) }, "No \"\(heading)\" in the comment.")...]
  }

  /// The first indented lines.
  private static func block(in lines: ArraySlice<String>) -> [String] {
    lines.drop { !$0.hasPrefix("    ") }.prefix { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
  }

  /// The check of the example, read as from an exercise.
  var orderCheck: any Check {
    get throws {
      let lines = check.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
      return try OrderCheck.read(lines)
    }
  }
}

extension OrderCheck {
  /// Reads `events` and `rules`, indented by four, as from an exercise.
  static func read(_ yaml: String) throws -> any Check {
    let text = """
      schemaVersion: 1
      title: An example
      language: python
      entry: example.py
      checks:
        - id: example
          title: An example
          check: order
          points: 1
      \(yaml)

      """
    return try ExerciseDecoder().decode(Array(text.utf8), folder: "/exercises/example", path: "example").checks[0].check
  }
}
