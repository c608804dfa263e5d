import Foundation
import Grading
import TestSupport
import Testing

@testable import threadmark

/// Every file under `exercises/*/submissions/<verdict>/` gets that verdict, and the sample class the expected ones.
@Suite(.requiresSandbox, .requiresPython)
struct ReferenceSubmissionTests {
  /// One submission to be marked, and what must come out.
  struct Expectation: Sendable, CustomTestStringConvertible {
    var exercise: String
    var path: String
    var verdict: Verdict
    var testDescription: String { path }
  }

  private static func references(_ exercise: String) -> [Expectation] {
    let folder = "\(Repository.root)/exercises/\(exercise)"
    let cases = (try? ReferenceSubmissions(exercise: folder))?.cases ?? []
    return cases.map { Expectation(exercise: exercise, path: $0.path, verdict: $0.expected) }
  }

  /// The table of `fixtures/submissions/expected.yaml`: an exercise's name, then lines `id: verdict` below it.
  private static func sampleClass(_ exercise: String) -> [Expectation] {
    let root = "\(Repository.root)/fixtures/submissions"
    let text = (try? String(contentsOfFile: "\(root)/expected.yaml", encoding: .utf8)) ?? ""
    var current = ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
      if !line.hasPrefix(" "), let name = parts.first { current = name }
      guard line.hasPrefix(" "), current == exercise, parts.count == 2, let verdict = Verdict(rawValue: parts[1]) else {
        return nil
      }
      return Expectation(exercise: exercise, path: "\(root)/\(exercise)/\(parts[0])", verdict: verdict)
    }
  }

  private static let markings = Markings()

  /// One sandbox for each exercise, for all of its submissions.
  private actor Markings {
    private var known: [String: Marking] = [:]

    func marking(_ exercise: String) async throws -> Marking {
      if let marking = known[exercise] { return marking }
      let loaded = try Marking.exercise(in: "\(Repository.root)/exercises/\(exercise)")
      let marking = try await Marking(loaded, python: nil, tier: nil)
      known[exercise] = marking
      return marking
    }
  }

  private static func check(_ expectation: Expectation) async throws {
    let marking = try await markings.marking(expectation.exercise)
    let report = try await marking.grader.grade(SubmissionReference(path: expectation.path))
    let said = report.checks.flatMap { $0.findings.map(\.message) + $0.evidence }.joined(separator: " ")
    #expect(report.verdict == expectation.verdict, "\(said)")
    #expect((report.points == report.maximumPoints) == (expectation.verdict == .accepted))
  }

  @Suite(.serialized) struct ThreadedPrinters {
    @Test(arguments: references("threaded-printers"))
    func `a reference submission gets its folder's verdict`(_ expectation: Expectation) async throws {
      try await check(expectation)
    }
  }

  @Suite(.serialized) struct PoolSquares {
    @Test(arguments: references("pool-squares"))
    func `a reference submission gets its folder's verdict`(_ expectation: Expectation) async throws {
      try await check(expectation)
    }
  }

  @Suite(.serialized) struct BoundedBuffer {
    @Test(arguments: references("bounded-buffer"))
    func `a reference submission gets its folder's verdict`(_ expectation: Expectation) async throws {
      try await check(expectation)
    }
  }

  @Suite(.serialized) struct SampleClass {
    @Test(arguments: sampleClass("threaded-printers") + sampleClass("pool-squares"))
    func `a sample submission gets the expected verdict`(_ expectation: Expectation) async throws {
      try await check(expectation)
    }
  }

  @Test func `there are reference submissions and a sample class to try`() {
    for exercise in ["threaded-printers", "pool-squares"] {
      #expect(Self.references(exercise).count >= 100)
      #expect(Self.sampleClass(exercise).count >= 12)
    }
    #expect(Self.references("bounded-buffer").count >= 30)
  }
}
