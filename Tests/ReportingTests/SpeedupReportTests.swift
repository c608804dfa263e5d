import Foundation
import Grading
import JUnitXML
import Testing

@testable import Reporting

/// A measured speedup as a picture, as an attachment and as raw data.
struct SpeedupReportTests {
  private static func speedup(
    kind: SpeedupPlan.Kind = .cpu, attainable: Double? = 3.7, points: [SpeedupReport.Point], threshold: Double = 2.5
  ) -> SpeedupReport {
    SpeedupReport(
      kind: kind, baseline: "sequential", judged: points.last?.scenario ?? "", cpus: [0, 1, 2, 3],
      attainable: attainable, threshold: threshold,
      startUp: 0.03, work: 1.2, points: points,
      runs: [
        TimedRun(pair: 0, scenario: "sequential", workers: 1, seed: 123_456, wall: 1.25, cpu: 1.2),
        TimedRun(
          pair: 1, scenario: "four", workers: 4, seed: 234_567, wall: 0.5, cpu: 1.3, lost: 0.2,
          setAside: "other programs used the CPUs"),
        TimedRun(pair: 1, scenario: "four", workers: 4, seed: 234_567, wall: 0.4, cpu: 1.3, lost: 0.01),
      ])
  }

  private static let four = speedup(points: [
    .init(scenario: "two", workers: 2, speedup: 1.91, low: 1.7, high: 2.1, pairs: 5),
    .init(scenario: "four", workers: 4, speedup: 3.2, low: 2.8, high: 3.6, pairs: 5),
  ])

  private static func check(_ speedup: SpeedupReport, id: String = "speedup") -> CheckReport {
    CheckReport(
      id: id, title: "Four workers <are> faster", kind: "speedup", status: .passed, points: 6, maximumPoints: 6,
      speedup: speedup)
  }

  private static func report(_ speedup: SpeedupReport) -> Report {
    let submission = SubmissionReport(
      id: "=s,1", verdict: .accepted, points: 12, maximumPoints: 12,
      checks: [check(speedup), check(speedup, id: "speedup-2x")], duration: 9)
    return Samples.report([submission])
  }

  @Test func `the picture of several numbers of workers`() throws {
    try expectSnapshot(SpeedupChart(Self.four, title: "Four workers are faster").document, "speedup.svg")
  }

  @Test func `the picture of many threads that wait`() throws {
    let waiting = Self.speedup(
      kind: .io, attainable: nil,
      points: [.init(scenario: "threads", workers: 20, speedup: 12.4, low: 9, high: 17.5, pairs: 3)], threshold: 4)
    try expectSnapshot(SpeedupChart(waiting, title: "Twenty threads").document, "speedup-waiting.svg")
  }

  @Test(arguments: [0.0001, 0.7, 1, 1e9])
  func `every picture stays inside its frame, whatever was measured`(speedup: Double) throws {
    let strange = Self.speedup(points: [
      .init(scenario: "two", workers: 2, speedup: speedup, low: speedup / 60, high: speedup * 60, pairs: 3)
    ])
    let document = SpeedupChart(strange, title: "<&\"'>").document
    #expect(document.contains("<title>&lt;&amp;&quot;&#39;&gt;</title>"))
    for match in document.matches(of: /[xy][12]?="(-?[0-9.]+)"/) {
      let value = try #require(Double(match.1))
      #expect((0...640).contains(value))
    }
    #expect(!document.contains("nan") && !document.contains("inf\""))
  }

  @Test func `a page holds the picture, and the JUnit document refers to it`() throws {
    let report = Self.report(Self.four)
    let page = HTMLReporter.pages(for: report)[1].text
    #expect(page.contains("<svg") && !page.contains("<are>"))
    let names = Pictures.files(for: report).map(\.name)
    #expect(names.count == 2)
    let suite = JUnitReporter.document(for: report, pictures: "report-pictures").suites[0]
    #expect(suite.testCases.map { $0.attachments.map(\.path) } == names.map { ["report-pictures/\($0)"] })
    #expect(JUnitReporter.document(for: report).suites[0].testCases.allSatisfy { $0.attachments.isEmpty })
  }

  @Test func `raw timings stand in the table once, with why one does not count`() {
    let lines = String(decoding: TimingsReporter.data(for: Self.report(Self.four)), as: UTF8.self)
      .split(separator: "\r\n").map(String.init)
    #expect(
      lines == [
        "submission,baseline,pair,scenario,workers,seed,wall_s,cpu_s,lost_s,counts,set_aside,clock_mhz",
        "\"'=s,1\",sequential,0,sequential,1,123456,1.250000,1.200000,,0,,",
        "\"'=s,1\",sequential,1,four,4,234567,0.500000,1.300000,0.200000,0,other programs used the CPUs,",
        "\"'=s,1\",sequential,1,four,4,234567,0.400000,1.300000,0.010000,1,,",
      ])
  }
}
