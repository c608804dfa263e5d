import Foundation
import Grading
import Testing

@testable import Reporting

struct JSONTests {
  @Test func `a report reads back as it was written`() throws {
    let report = Samples.everything
    let data = try JSONReporter.data(for: report)
    #expect(try JSONReporter.report(from: data) == report)
    #expect(try JSONReporter.data(for: JSONReporter.report(from: data)) == data)
  }

  @Test func `the document is stable`() throws {
    let report = Samples.report([Samples.submission(.wrongOrder), Samples.hostileSubmission], isInterrupted: true)
    try expectSnapshot(String(decoding: JSONReporter.data(for: report), as: UTF8.self), "report.json")
  }

  @Test(arguments: [0.0, 0.001, 0.012, 0.345, 0.999, 0.9996, -0.25])
  func `instants keep their milliseconds`(fraction: Double) throws {
    let date = Date(timeIntervalSinceReferenceDate: 794_398_272 + fraction)
    let read = try #require(Instant.date(Instant.text(date)))
    #expect(abs(read.timeIntervalSince(date)) <= 0.0005)
    #expect(Instant.text(read) == Instant.text(date))
  }

  @Test func `a document of another schema is refused by its version`() throws {
    let data = Data(#"{"schemaVersion": 2}"#.utf8)
    #expect(throws: JSONReporter.UnknownSchema(version: 2)) { try JSONReporter.report(from: data) }
    #expect(throws: DecodingError.self) { try JSONReporter.report(from: Data("[]".utf8)) }
  }
}
