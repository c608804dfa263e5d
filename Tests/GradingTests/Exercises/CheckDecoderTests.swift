import TestSupport
import Testing

@testable import Grading

struct CheckDecoderTests {
  /// The check that these keys make.
  private func check<Kind: Check>(_ type: Kind.Type, _ keys: String) throws -> Kind {
    let text = """
      schemaVersion: 1
      title: T
      language: python
      entry: t.py
      checks:
        - id: a
          title: A
          points: 1
          check: \(type.name)

      """
    let body = keys.split(separator: "\n").map { "    \($0)\n" }.joined()
    let exercise = try ExerciseDecoder().decode(Array((text + body).utf8), folder: "/t", path: "exercise.yaml")
    return try #require(exercise.checks[0].check as? Kind)
  }

  @Test func `an exit check has no keys`() throws {
    _ = try check(ExitCheck.self, "")
  }

  @Test func `a concurrency check takes its numbers and asks for a stretched run where it needs one`() throws {
    let all = try check(
      ConcurrencyCheck.self, "threads: 2\nprocesses: 3\nat_least: 4\ntogether: true\nwriters: 5")
    #expect(all.threads == 2 && all.processes == 3 && all.atLeast == 4 && all.together && all.writers == 5)
    #expect(all.needsStretchedRun)
    let one = try check(ConcurrencyCheck.self, "processes: 1")
    #expect(one.threads == nil && one.processes == 1 && one.atLeast == nil && !one.together && one.writers == nil)
    #expect(!one.needsStretchedRun)
    #expect(try check(ConcurrencyCheck.self, "together: true").together)
  }

  @Test func `a concurrency check takes its rules on work, and knows which runs they need`() throws {
    let all = try check(ConcurrencyCheck.self, "workers: 3\nbalance: 2\noverlap: true\nparallel: true\nno_sleep: main")
    #expect(all.rules.map { type(of: $0).key } == ["workers", "balance", "overlap", "parallel", "no_sleep"])
    #expect((all.rules[0] as? SharedWork)?.count == 3 && (all.rules[1] as? BalancedWork)?.most == 2)
    #expect((all.rules[4] as? SleeplessWaiting)?.mainOnly == true)
    #expect(all.needsStretchedRun)
    let plain = try check(ConcurrencyCheck.self, "no_sleep: true")
    #expect((plain.rules[0] as? SleeplessWaiting)?.mainOnly == false)
    #expect(!plain.needsStretchedRun)
  }

  @Test func `events keep their order, rules their keys`() throws {
    let check = try check(
      OrderCheck.self,
      """
      events:
        line: "Thread {thread}: {n:int}"
        made: made {item:int}
        done: done
      rules:
        - count: {of: line, per: thread, equals: 5}
        - count: {of: done, at_least: 1, at_most: 2}
        - values: {of: line, field: thread, distinct: true, are: [Thread 1, 2, 2.5, "3", yes]}
        - sequence: {of: line, fields: [thread, n], per: thread, is: [1, 2]}
        - ascending: {of: line, per: thread, field: n}
        - before: {first: made, then: done}
        - nothing_else: true
      """)
    #expect(check.events.map(\.name) == ["line", "made", "done"])
    #expect(check.events.map(\.pattern.description) == ["Thread {thread}: {n:int}", "made {item:int}", "done"])
    #expect(
      check.rules.map { type(of: $0).name } == [
        "count", "count", "values", "sequence", "ascending", "before", "nothing_else",
      ])
    #expect(check.problems == [])
    let count = try #require(check.rules[0] as? CountRule)
    #expect(count.of == "line" && count.per == "thread" && count.equals == 5 && count.atLeast == nil)
    let range = try #require(check.rules[1] as? CountRule)
    #expect(range.per == nil && range.equals == nil && range.atLeast == 1 && range.atMost == 2)
    let values = try #require(check.rules[2] as? ValuesRule)
    #expect(values.fields == ["thread"] && values.distinct && values.per == nil)
    #expect(values.are == ["Thread 1", 2, 2.5, 3, "yes"])
    let sequence = try #require(check.rules[3] as? SequenceRule)
    #expect(sequence.fields == ["thread", "n"] && sequence.per == "thread" && sequence.is == [1, 2])
    let ascending = try #require(check.rules[4] as? AscendingRule)
    #expect(ascending.field == "n" && ascending.per == "thread")
    let before = try #require(check.rules[5] as? BeforeRule)
    #expect(before.first == "made" && before.then == "done" && before.per == nil)
  }

  @Test(arguments: [
    ("plain", "a: x {n} y", 8, 12), ("single", "a: 'it''s {n}'", 5, 11), ("double", #"a: "\"\u00e9\x41 {n}""#, 4, 18),
    ("an escaped line end", #"a: "x\ny""#, 2, 8), ("folded", "a: >\n  x {n}\n", 2, 4),
  ])
  func `the place of a character is found inside a scalar`(style: String, text: String, offset: Int, column: Int) throws
  {
    let root = try #require(YAMLDocument.root(of: Array(text.utf8), reportingTo: ProblemList()))
    let value = try #require(root.mapping()?["a"])
    #expect(value.position(of: offset) == SourcePosition(line: 1, column: column))
  }
}
