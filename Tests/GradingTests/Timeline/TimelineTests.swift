import Sandboxing
import TestSupport
import Testing

@testable import Grading

struct TimelineTests {
  private static let main = JournalEntry.Task(process: 3, thread: 3)
  private static let millisecond: Int64 = 1_000_000

  private static func account(_ thread: Int, process: Int = 3, began: Int64, ended: Int64?, ran: Int64 = 0)
    -> TaskAccount
  {
    TaskAccount(
      task: .init(process: process, thread: thread), name: "python3", began: began * millisecond,
      seen: ended.map { $0 * millisecond }, ended: ended.map { $0 * millisecond }, runTime: ran * millisecond)
  }

  private static func state(_ thread: Int, at time: Int64, _ state: TaskState) -> JournalEntry {
    JournalEntry(time: time * millisecond, event: .state(.init(process: 3, thread: thread), state))
  }

  private static let futex = TaskState.waiting(systemCall: 202, name: "futex", isEndless: true)

  private static func run(
    _ tasks: [TaskAccount], _ journal: [JournalEntry] = [], lines: [TraceEvent] = [], names: [Int: String] = [:],
    _ termination: TerminationStatus = .exited(0), standing: Standing = Standing()
  ) -> Run {
    let threads = names.sorted { $0.key < $1.key }.map {
      TraceThread(writer: .init(process: 3, thread: $0.key, name: $0.value))
    }
    return Run(
      scenario: "plain", attempt: 1,
      result: ExecutionResult(
        termination: termination, usage: ResourceUsage(wallTime: .milliseconds(100)), journal: journal, tasks: tasks),
      trace: Trace(events: lines, isAttributed: true, threads: threads, standing: standing))
  }

  private static func line(_ text: String, _ thread: Int?, at time: Int64) -> TraceEvent {
    TraceEvent(
      .line(text), writer: thread.map { .init(process: 3, thread: $0, name: "T\($0)") }, time: time * millisecond)
  }

  @Test func `threads have lanes in the order of birth, with bars for what they did`() throws {
    let run = Self.run(
      [
        Self.account(5, began: 30, ended: 80, ran: 10), Self.account(4, began: 20, ended: 60, ran: 40),
        Self.account(3, began: 0, ended: 100, ran: 30),
      ],
      [
        Self.state(3, at: 0, .running), Self.state(3, at: 30, Self.futex), Self.state(5, at: 30, .running),
        Self.state(5, at: 40, .sleeping), Self.state(5, at: 60, .sleeping), Self.state(3, at: 80, .running),
      ], names: [3: "MainThread", 4: "reader", 5: "writer"])
    let timeline = try #require(Timeline(run))
    #expect(timeline.lanes.map(\.name) == ["main thread", "reader", "writer"])
    #expect(timeline.lanes[0].bars.map(\.state) == [.running, .waiting, .running])
    #expect(timeline.lanes[0].bars.map(\.what) == ["", "lock or join", ""])
    #expect(timeline.lanes[1].bars.map(\.state) == [.running])
    #expect(timeline.lanes[2].bars.map(\.state) == [.running, .sleeping, .sleeping])
    #expect(timeline.lanes[2].bars.map(\.to) == [0.04, 0.06, 0.08] && timeline.duration == 0.1)
  }

  @Test func `a thread that nobody looked at is not said to have run`() throws {
    let run = Self.run([
      Self.account(3, began: 0, ended: 100, ran: 90), Self.account(4, began: 20, ended: 21),
    ])
    let timeline = try #require(Timeline(run))
    #expect(timeline.lanes.map { $0.bars.map(\.state) } == [[.running], [.unseen]])
  }

  @Test func `the lines of a counter-example are marked where they were printed, by number and text`() throws {
    let tasks = [Self.account(3, began: 0, ended: 100), Self.account(4, began: 10, ended: 90)]
    let lines = [Self.line("x", 3, at: 20), Self.line("x", 4, at: 50), Self.line("y", 4, at: 50)]
    let marked = [
      Finding.Line(number: 2, text: "x", writer: "T4"), Finding.Line(number: 3, text: "y"),
      Finding.Line(number: 1, text: "is of another run"),
    ]
    let timeline = try #require(Timeline(Self.run(tasks, lines: lines), marking: marked))
    #expect(timeline.lanes[0].lines.map(\.mark) == [nil])
    #expect(timeline.lanes[1].lines.map(\.mark) == [1, 2])
  }

  @Test func `lines of unknown origin have a lane of their own, unless there is only one thread`() throws {
    let lines = [Self.line("x", nil, at: 20)]
    let alone = try #require(Timeline(Self.run([Self.account(3, began: 0, ended: 100)], lines: lines)))
    #expect(alone.lanes.map { $0.lines.count } == [1])
    let two = try #require(
      Timeline(
        Self.run([Self.account(3, began: 0, ended: 100), Self.account(4, began: 1, ended: 9)], lines: lines)))
    #expect(two.lanes.map { $0.lines.count } == [0, 0, 1] && two.lanes[2].process == 0)
  }

  @Test func `a deadlock says what each thread waited for at the end, and who has it`() throws {
    let writers = [4, 5].map { TraceEvent.Writer(process: 3, thread: $0, name: "T\($0)") }
    let blocked = [3, 4, 5].map {
      JournalEntry(time: 90, event: .blocked(.init(process: 3, thread: $0), systemCall: 202, name: "futex"))
    }
    let standing = Standing(
      waits: [
        .init(writer: writers[0], kind: .lock, object: "a", lock: "1", place: .init(file: "x.py", line: 9)),
        .init(writer: writers[1], kind: .lock, object: "b", lock: "2", place: .init(file: "x.py", line: 14)),
      ],
      holds: [
        .init(writer: writers[0], object: "b", lock: "2"), .init(writer: writers[1], object: "a", lock: "1"),
      ])
    var tasks = [3, 4, 5, 6].map { Self.account($0, began: Int64($0), ended: nil) }
    tasks[3].seen = 40 * Self.millisecond  // A signal killed it before.
    let states = [3, 4, 5].map { Self.state($0, at: 20, Self.futex) }
    let run = Self.run(tasks, states + blocked, names: [4: "T4", 5: "T5"], .deadlock, standing: standing)
    let timeline = try #require(Timeline(run))
    #expect(timeline.isDeadlock && timeline.ending == "deadlock")
    #expect(timeline.lanes[1].atEnd == "waits for the lock \"a\", which \"T5\" holds (line 9)")
    #expect(timeline.lanes[2].bars.last?.what == "lock \"b\"")
    #expect(timeline.lanes.map(\.ended) == [0.1, 0.1, 0.1, 0.04])
  }

  @Test func `of ten thousand threads those are drawn that show what is wrong, and the rest is counted`() throws {
    let tasks = [Self.account(3, began: 0, ended: 100)] + (4..<10_004).map { Self.account($0, began: 1, ended: 50) }
    let lines = [Self.line("a", 9_000, at: 10), Self.line("b", 10_003, at: 11)]
    let timeline = try #require(
      Timeline(Self.run(tasks, lines: lines), marking: [Finding.Line(number: 2, text: "b")]))
    #expect(timeline.lanes.count == Timeline.mostLanes && timeline.leftOut == 10_001 - Timeline.mostLanes)
    let names = timeline.lanes.map(\.name)
    #expect(names.first == "main thread" && names.suffix(2) == ["thread 9000", "thread 10003"])
  }

  @Test func `a hundred thousand lines and looks become no more than the picture has columns`() throws {
    let lines = (0..<100_000).map { Self.line("line \($0)", 3, at: Int64($0 / 1000)) }
    let states = (0..<29_999).map {
      JournalEntry(time: Int64($0) * 3000, event: .state(Self.main, $0.isMultiple(of: 2) ? .running : Self.futex))
    }
    let timeline = try #require(Timeline(Self.run([Self.account(3, began: 0, ended: 100)], states, lines: lines)))
    #expect(timeline.lanes[0].bars.count <= TimelineScale.columns)
    #expect(timeline.lanes[0].lines.count <= TimelineScale.columns)
    #expect(timeline.lanes[0].lines.reduce(0) { $0 + $1.count } == 100_000)
    for (left, right) in zip(timeline.lanes[0].bars, timeline.lanes[0].bars.dropFirst()) {
      #expect(left.to <= right.from)
    }
  }

  @Test func `what nobody noted any more is not drawn as if it had gone on`() throws {
    let states = (0..<Observation.mostStates).map {
      JournalEntry(time: Int64($0) * 1000, event: .state(Self.main, $0.isMultiple(of: 2) ? Self.futex : .running))
    }
    let tasks = [Self.account(3, began: 0, ended: 100), Self.account(4, began: 60, ended: 90, ran: 30)]
    let timeline = try #require(Timeline(Self.run(tasks, states)))
    let last = try #require(timeline.lanes[0].bars.last)
    #expect(last.state == .unseen && abs(last.from - 0.03) < 0.001 && last.to == 0.1)
    #expect(timeline.lanes[1].bars.map(\.state) == [.unseen])
  }

  @Test func `threads of a process stand together, and those of one name are told apart`() throws {
    let tasks = [
      Self.account(3, began: 0, ended: 90), Self.account(4, process: 4, began: 1, ended: 90),
      Self.account(5, began: 2, ended: 90), Self.account(6, began: 3, ended: 90),
    ]
    let timeline = try #require(Timeline(Self.run(tasks, names: [5: "w", 6: "w"])))
    #expect(timeline.lanes.map(\.name) == ["main thread", "w (5)", "w (6)", "process 4"])
    #expect(timeline.lanes.map(\.processName) == ["the program", "the program", "the program", "process 4"])
  }

  @Test func `where nothing was accounted there is no timeline, and a run of no time has one`() throws {
    #expect(Timeline(Self.run([])) == nil)
    var instant = Self.run([Self.account(3, began: 0, ended: 0)])
    instant.result.usage.wallTime = .zero
    #expect(try #require(Timeline(instant)).lanes[0].bars.isEmpty)
  }

  @Test func `a failed check has the timeline of its run, and of what passes only one check has one`() async throws {
    var result = makeResult("wrong")
    result.tasks = [Self.account(3, began: 0, ended: 20)]
    let checks = [makeCheck("one"), makeCheck("two")]
    let reports = ["wrong", "right"].map { text -> SubmissionReport in
      var result = makeResult(text)
      result.tasks = [Self.account(3, began: 0, ended: 20)]
      return SubmissionReport(id: "s", exercise: makeExercise(checks: checks), runs: [makeRun(result)], notes: [])
    }
    #expect(reports[0].checks.map { $0.timeline != nil } == [true, true])
    #expect(reports[1].checks.map { $0.timeline != nil } == [true, false])
    #expect(reports[1].timelineCheck?.id == "one")
  }
}
