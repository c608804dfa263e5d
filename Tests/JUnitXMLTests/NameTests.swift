import JUnitXML
import Testing

@Suite struct `Names in a report` {
  @Test(arguments: [
    ("week03.bounded-buffer", "week03.bounded-buffer"), ("a b/ö<\n", "a_b____"), ("", "unnamed"),
    ("\u{661}\u{212A}", "__"),
  ])
  func `of suites are made of few characters`(name: String, expected: String) {
    #expect(make(suite: name).name == expected)
  }

  @Test func `of suites are unique`() {
    let report = JUnitReport([make(suite: "a b"), make(suite: "a_b"), make(suite: "a_b-2"), make(suite: "a_b")])
    #expect(report.suites.map(\.name) == ["a_b", "a_b-2", "a_b-2-2", "a_b-3"])
  }

  @Test func `of test cases are unique in the whole report, and none is lost`() {
    let names: [XMLText] = ["order", "order", "order", "order (b)"]
    let suites = ["a", "b"].map { suite in make(suite: suite, testCases: names.map { make(case: $0) }) }
    let unique = JUnitReport(suites).suites.flatMap(\.testCases).map(\.name.value)
    #expect(
      unique == [
        "order", "order (a)", "order (a) 2", "order (b)",
        "order (b) 2", "order (b) 3", "order (b) 4", "order (b) (b)",
      ])
    #expect(Set(unique).count == 8)
  }

  @Test func `that are long stay unique and short`() {
    let long = XMLText(String(repeating: "long ", count: 100))
    let report = JUnitReport([
      make(suite: String(repeating: "s", count: 300), testCases: (0..<30).map { _ in make(case: long) })
    ])
    let names = report.suites.flatMap(\.testCases).map(\.name.value)
    #expect(Set(names).count == 30)
    #expect(names.allSatisfy { $0.unicodeScalars.count <= 200 && !$0.contains("\n") })
    #expect(report.suites[0].name.count == 200)
  }

  @Test func `stay when the report is made again of its own suites`() {
    let report = JUnitReport([make(suite: "a"), make(suite: "a")])
    #expect(JUnitReport(report.suites) == report)
  }
}

@Suite struct `A report of nothing` {
  @Test func `has an error, so that it is not green`() throws {
    let report = JUnitReport([])
    #expect(report.totals.tests == 1)
    #expect(report.totals.errors == 1)
    let suite = try #require(report.suites.first)
    #expect(suite.testCases.first?.name == "nothing-graded")
  }

  @Test func `has an error for each suite without test cases`() {
    let report = JUnitReport([make(suite: "a", testCases: []), make(suite: "b"), make(suite: "c", testCases: [])])
    #expect(report.totals.tests == 3)
    #expect(report.totals.errors == 2)
    #expect(report.suites.map(\.totals.errors) == [1, 0, 1])
  }

  @Test func `still has a property in each suite`() {
    #expect(make(properties: []).properties == [Property("generator", "threadmark")])
  }
}
