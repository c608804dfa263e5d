import Foundation
import TestSupport
import Testing

@testable import Grading

/// The examples in the comments of the rules are true, and all lists of the rules name the same.
struct RuleExampleTests {
  @Test(arguments: try RuleComment.all)
  func `a rule says what it means as a formula, and its example shows it`(_ comment: RuleComment) throws {
    #expect(comment.abstract.contains(/`.+`/) && comment.abstract.count <= 150, "\(comment.abstract)")
    let check = try comment.orderCheck
    for (form, run) in Self.runs(comment.holdsFor) {
      #expect(check.judge([run]).isPass, "\(form): \(check.judge([run]))")
    }
    let findings = check.judge([Self.run(comment.failsFor)]).findings
    #expect(findings.map(\.message) == [comment.says])
  }

  @Test(arguments: try RuleComment.all)
  func `a counter-example is small and in the order of printing`(_ comment: RuleComment) throws {
    let finding = try #require(comment.orderCheck.judge([Self.run(comment.failsFor)]).findings.first)
    let numbers = finding.counterExample.map(\.number)
    #expect((1...3).contains(numbers.count))
    #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
  }

  @Test func `the files, the catalogue and the table of the README have the same rules`() throws {
    let comments = try RuleComment.all
    let names = Set(OrderRuleKind.all.map(\.name))
    #expect(Set(comments.map(\.name)) == names && comments.count == OrderRuleKind.all.count)
    let files = comments.map { "\($0.name.split(separator: "_").map(\.capitalized).joined())Rule.swift" }
    #expect(files == comments.map(\.file))
    let readme = try String(contentsOfFile: "\(Repository.root)/README.md", encoding: .utf8)
    let section = try #require(readme.firstRange(of: "The rules of `order`").map { readme[$0.upperBound...] })
    let rows = section.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("| `") }
      .prefix { $0.hasPrefix("|") }
    #expect(rows.map { $0.split(separator: "`")[1] }.sorted() == names.map { Substring($0) }.sorted())
  }

  /// A run that printed lines, of which nobody knows who wrote them.
  private static func run(_ lines: [String]) -> Run { .make(.make(output: lines.map { $0 + "\n" }.joined())) }

  /// The same lines as threads may bring them out: whole, two torn into one, and with a witness.
  private static func runs(_ lines: [String]) -> [(String, Run)] {
    var torn = ""
    for start in stride(from: 0, to: lines.count, by: 2) {
      let pair = lines[start..<min(start + 2, lines.count)]
      torn += pair.joined() + String(repeating: "\n", count: pair.count)
    }
    let output = lines.map { $0 + "\n" }.joined()
    let witness = [WitnessSays.processBegan()] + lines.map { WitnessSays.printed($0 + "\n") }
    return [
      ("whole", run(lines)), ("torn", .make(.make(output: torn))),
      ("witnessed", .make(.make(output: output, witness: witness))),
    ]
  }
}
