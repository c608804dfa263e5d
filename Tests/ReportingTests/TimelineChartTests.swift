import Foundation
import FoundationXML
import Grading
import JUnitXML
import TestSupport
import Testing

@testable import Reporting

/// What the threads of a run did, as a picture, in pages and as an attachment.
struct TimelineChartTests {
  private static func lane(
    _ name: String, _ bars: [Timeline.Bar], _ lines: [Timeline.Line] = [], process: Int = 3, atEnd: String? = nil
  ) -> Timeline.Lane {
    Timeline.Lane(
      process: process, processName: process == 3 ? "the program" : "Worker-\(process)", name: name,
      began: bars.first?.from ?? 0, ended: bars.last?.to ?? 0, bars: bars, lines: lines, atEnd: atEnd)
  }

  private static func timeline(_ lanes: [Timeline.Lane], end: Double = 0.05, isDeadlock: Bool = false, leftOut: Int = 0)
    -> Timeline
  {
    let instants = lanes.flatMap { $0.bars.flatMap { [$0.from, $0.to] } + $0.lines.map(\.time) }
    return Timeline(
      scenario: "plain", attempt: 2, duration: end, ending: isDeadlock ? "deadlock" : "", isDeadlock: isDeadlock,
      scale: TimelineScale(instants: instants, end: end), lanes: lanes, leftOut: leftOut)
  }

  private static let order = timeline([
    lane(
      "main thread",
      [
        .init(from: 0, to: 0.04, state: .running),
        .init(from: 0.04, to: 0.048, state: .waiting, what: "lock or join"),
        .init(from: 0.048, to: 0.05, state: .running),
      ]),
    lane(
      "Thread 1",
      [.init(from: 0.041, to: 0.043, state: .running), .init(from: 0.043, to: 0.046, state: .sleeping)],
      [
        .init(time: 0.0415, text: "Thread 1: 3", mark: 1), .init(time: 0.0416, text: "Thread 1: 2", mark: 2),
        .init(time: 0.044, text: "Thread 1: 4", count: 3),
      ]),
    lane("Thread 2", [.init(from: 0.042, to: 0.0425, state: .unseen)]),
  ])

  private static let deadlock = timeline(
    [
      lane(
        "main thread",
        [
          .init(from: 0, to: 0.0385, state: .running),
          .init(from: 0.0385, to: 0.25, state: .waiting, what: "end of \"Thread 1\""),
        ], [.init(time: 0.0321, text: "two threads")], atEnd: "waits for the end of \"Thread 1\" (line 22)"),
      lane(
        "Thread 1",
        [
          .init(from: 0.033, to: 0.0345, state: .running), .init(from: 0.0345, to: 0.0375, state: .sleeping),
          .init(from: 0.0375, to: 0.0383, state: .running),
          .init(from: 0.0383, to: 0.25, state: .waiting, what: "lock \"ink\""),
        ], [.init(time: 0.0342, text: "paper")],
        atEnd: "waits for the lock \"ink\", which \"Thread 2\" holds since line 11 (line 13)"),
      lane(
        "Thread 2",
        [
          .init(from: 0.034, to: 0.0355, state: .running), .init(from: 0.0355, to: 0.0384, state: .sleeping),
          .init(from: 0.0384, to: 0.0387, state: .running),
          .init(from: 0.0387, to: 0.25, state: .waiting, what: "lock \"paper\""),
        ], [.init(time: 0.0352, text: "ink")],
        atEnd: "waits for the lock \"paper\", which \"Thread 1\" holds since line 11 (line 13)"),
    ], end: 0.25, isDeadlock: true)

  private static let crowded = timeline(
    [
      lane("main thread", [.init(from: 0.001, to: 0.05, state: .running)]),
      lane("Worker-9", [.init(from: 0.021, to: 0.05, state: .held)], process: 9),
      lane(
        "feeder of the queue that the workers read", [.init(from: 0.022, to: 0.05, state: .stopped)], process: 9,
        atEnd: "was stopped"),
      lane("lines printed", [], [.init(time: 0.026, text: "hello")], process: 0),
    ], leftOut: 3)

  private static func check(_ timeline: Timeline, _ verdict: Verdict = .wrongOrder, id: String = "order") -> CheckReport
  {
    var check = Samples.check(for: verdict)
    check.id = id
    check.timeline = timeline
    return check
  }

  private static func report(_ checks: [CheckReport]) -> Report {
    Samples.report([Samples.submission(.wrongOrder, id: "s/1", checks: checks)])
  }

  @Test func `a counter-example as a picture`() throws {
    let chart = try #require(TimelineChart(Self.check(Self.order)))
    try expectSnapshot(chart.document, "timeline.svg")
  }

  @Test func `a deadlock as a picture`() throws {
    let finding = Finding(
      .deadlock, "Deadlock: all 3 threads were waiting, some of them for each other.",
      details: """
        "Thread 1" holds "paper" (line 11), waits for "ink" (line 13) → "Thread 2" holds "ink" (line 11), waits for "paper"
        And more.
        """)
    try expectSnapshot(
      TimelineChart(Self.deadlock, title: "The program ends by itself", finding: finding).document,
      "timeline-deadlock.svg")
  }

  @Test func `processes, strangers' lines and threads without a lane as a picture`() throws {
    try expectSnapshot(
      TimelineChart(Self.crowded, title: "Many threads", finding: nil).document, "timeline-processes.svg")
  }

  @Test func `no text of a student is markup, and nothing in a picture runs or is loaded`() throws {
    let hostile = Samples.hostile + "]]>--><svg onload='x'>" + String(repeating: "長", count: 300)
    let lanes = (0..<3).map { index in
      Self.lane(
        hostile, [.init(from: 0, to: 0.05, state: .waiting, what: "lock")],
        [.init(time: 0.01, text: hostile), .init(time: 0.03, text: hostile, mark: 1)], process: index, atEnd: hostile)
    }
    var check = Self.check(Self.timeline(lanes))
    check.title = hostile
    check.findings = [
      Finding(.wrongOrder, hostile, counterExample: [.init(number: 1, text: hostile, writer: hostile)])
    ]
    let document = try #require(Pictures.files(for: Self.report([check])).first).svg
    #expect(try ElementNames.all(in: document).isSubset(of: Self.elements))
    #expect(!document.contains("<script") && !document.contains("onload='") && !document.contains("href"))
    #expect(!document.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
  }

  private static let elements: Set<String> = [
    "svg", "title", "desc", "style", "rect", "text", "tspan", "line", "circle", "path", "polygon", "polyline", "g",
  ]

  @Test(arguments: [0, 1, 2, 24])
  func `every picture is 800 wide and stays inside, whatever it shows`(count: Int) throws {
    let lanes = (0..<count).map { index in
      Self.lane(
        "thread \(index)", [.init(from: 0, to: 1e-9, state: .running)],
        (0..<60).map { .init(time: 0.05, text: "line \($0)", mark: $0 < 40 ? $0 + 1 : nil) }, process: index / 2)
    }
    for end in [0, 1e-6, 0.05, 86_400] {
      let document = TimelineChart(Self.timeline(lanes, end: end), title: "x", finding: nil).document
      #expect(document.contains("viewBox=\"0 0 800 "))
      for match in document.matches(of: /\b(?:x|x1|x2|cx)="(-?[0-9.]+)"/) {
        #expect((0...800).contains(try #require(Double(match.1))), "\(match.0)")
      }
      #expect(!document.contains("nan") && !document.contains("inf\""))
    }
  }

  @Test func `threads that have no lane are counted`() {
    var timeline = Self.crowded
    #expect(TimelineChart(timeline, title: "x", finding: nil).document.contains("and 3 more threads, not drawn"))
    timeline.leftOut = 1
    #expect(TimelineChart(timeline, title: "x", finding: nil).document.contains("and 1 more thread, not drawn"))
  }

  @Test func `a page shows each failed check's run once, and again only where other lines are marked`() throws {
    var unmarked = Self.order
    for index in unmarked.lanes.indices { unmarked.lanes[index].lines = [] }
    var passed = Samples.passed
    passed.timeline = unmarked
    let report = Self.report([
      passed, Self.check(unmarked, id: "a"), Self.check(unmarked, id: "b"), Self.check(Self.order, id: "c"),
    ])
    let pages = HTMLReporter.pages(for: report)
    #expect(pages[1].text.components(separatedBy: "<svg class=\"timeline\"").count == 3)
    #expect(pages[1].text.contains("the run shown above"))
    let files = pages.dropFirst(2).map(\.path)
    let owner = SafeName("s/1").string
    #expect(files == ["a", "c"].map { "submissions/\(owner).\($0).timeline.svg" })
    #expect(pages[2].text.hasPrefix("<?xml") && pages[1].text.contains("href=\"\(owner).a.timeline.svg\""))
  }

  @Test func `a JUnit document refers to the timeline of each failed check`() throws {
    let report = Self.report([Samples.passed, Self.check(Self.order)])
    let suite = JUnitReporter.document(for: report, pictures: "r-pictures").suites[0]
    let names = Pictures.files(for: report).map(\.name)
    #expect(names == ["\(SafeName("s/1").string).order.timeline.svg"])
    #expect(suite.testCases.map { $0.attachments.map(\.path) } == [[], names.map { "r-pictures/\($0)" }])
    #expect(JUnitReporter.document(for: report).suites[0].testCases.allSatisfy { $0.attachments.isEmpty })
  }

  @Test func `the files are there when the document that refers to them is`() throws {
    let folder = try TemporaryFolder()
    let writer = ReportWriter(
      json: folder.path("r.json"), junit: folder.path("r.xml"), html: folder.path("pages"),
      timeline: folder.path("t.svg"))
    try writer.prepare()
    let report = Self.report([Self.check(Self.order)])
    try writer.write(report)
    let name = "\(SafeName("s/1").string).order.timeline.svg"
    #expect(
      try String(contentsOfFile: folder.path("r.xml"), encoding: .utf8).contains("[[ATTACHMENT|r-pictures/\(name)]]"))
    let picture = try String(contentsOfFile: folder.path("t.svg"), encoding: .utf8)
    for path in ["r-pictures/\(name)", "pages/submissions/\(name)"] {
      #expect(try String(contentsOfFile: folder.path(path), encoding: .utf8) == picture)
    }
    #expect(try JSONReporter.report(from: Data(contentsOf: URL(filePath: folder.path("r.json")))) == report)
  }
}

/// Collects the names of a document's elements.
private final class ElementNames: NSObject, XMLParserDelegate {
  private var names: Set<String> = []

  /// The names of all elements of a document, which must be well-formed.
  static func all(in document: String) throws -> Set<String> {
    let reader = ElementNames()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader.names
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { names.insert(name) }
}
