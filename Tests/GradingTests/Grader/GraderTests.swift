import Grading
import Sandboxing
import TestSupport
import Testing

struct GraderTests {
  @Test func `a program that does what is asked earns all points`() async throws {
    let harness = try GraderHarness(ScriptedExecutor(plain: [makeResult("right")]))
    let report = try await harness.report()
    #expect(report.id == "s1.py")
    #expect(report.verdict == .accepted)
    #expect(report.points == 10 && report.maximumPoints == 10)
    #expect(report.checks.map(\.status) == [.passed])
    #expect(report.checks[0].evidence == ["1 runs printed right."])
    #expect(report.checks[0].output == "right")
    #expect(report.checks[0].kind == "output")
    #expect(report.duration > 0)
    #expect(harness.executor.openContainers == 0)
  }

  @Test func `no container serves two submissions, and none is left open`() async throws {
    let files = Dictionary(uniqueKeysWithValues: (1...5).map { ("s\($0).py", "print('right') # \($0)") })
    let harness = try GraderHarness(ScriptedExecutor(plain: [makeResult("right")]), files: files)
    _ = try await harness.classReport()
    let runs = Dictionary(grouping: harness.executor.runs, by: \.container)
    let programs = runs.mapValues { Set($0.flatMap { $0.files.map(\.contents) }) }
    #expect(harness.executor.containers.count == 5)
    #expect(programs.count == 5 && programs.values.allSatisfy { $0.count == 1 })
    #expect(Set(programs.values).count == 5)
    #expect(harness.executor.openContainers == 0)
  }

  @Test(arguments: [
    (TerminationStatus.wallTimeLimit, Verdict.timeLimitExceeded), (.cpuTimeLimit, .timeLimitExceeded),
    (.deadlock, .deadlock), (.memoryLimit, .memoryLimitExceeded), (.outputLimit, .outputLimitExceeded),
  ])
  func `a first run that a limit ended is the only one of its scenario`(
    termination: TerminationStatus, verdict: Verdict
  ) async throws {
    let exercise = makeExercise(
      scenarios: [Scenario(id: "plain", repetitions: 5), Scenario(id: "other", repetitions: 2)],
      checks: [
        makeCheck("one", check: OutputCheck("right", needsStretchedRun: true)), makeCheck("two", scenario: "other"),
      ])
    let harness = try GraderHarness(
      ScriptedExecutor { run in
        run.kind == .plain(1) ? makeResult("ri", termination) : makeResult("right")
      }, exercise: exercise)
    let report = try await harness.report()
    #expect(harness.executor.runs.map(\.kind) == [.build, .plain(1), .plain(2), .plain(3)])
    #expect(report.verdict == verdict)
    #expect(report.points == 10)
    #expect(report.checks.map(\.status) == [.failed, .passed])
    #expect(report.checks[0].findings.map(\.verdict) == [verdict])
    #expect(report.checks[0].output == "ri")
  }

  @Test func `a later run that a limit ended leaves the others to be made`() async throws {
    let exercise = makeExercise(scenarios: [Scenario(id: "plain", repetitions: 4)])
    let results = [makeResult("right"), makeResult("", .deadlock), makeResult("right"), makeResult("right")]
    let harness = try GraderHarness(ScriptedExecutor(plain: results), exercise: exercise)
    let report = try await harness.report()
    #expect(report.checks[0].attempts == 4)
    #expect(report.verdict == .flaky)
  }

  @Test func `the verdict is the one that hides the others, the points are those of the passed checks`() async throws {
    let checks = [
      makeCheck("a", points: 1, check: FixedCheck(failing: .notConcurrent)),
      makeCheck("b", points: 2, check: FixedCheck(.passed(evidence: ["seen"]))),
      makeCheck("c", points: 4, check: FixedCheck(failing: .wrongOrder, .wrongAnswer)),
      makeCheck("d", points: 8, check: FixedCheck(.skipped("no witness"))),
    ]
    let report = try await GraderHarness(
      ScriptedExecutor(plain: [makeResult()]), exercise: makeExercise(checks: checks)
    ).report()
    #expect(report.verdict == .wrongAnswer)
    #expect(report.points == 2 && report.maximumPoints == 15)
    #expect(report.checks.map(\.status) == [.failed, .passed, .failed, .skipped])
    #expect(report.checks.map(\.points) == [0, 2, 0, 0])
    #expect(report.checks[3].evidence == ["no witness"])
  }

  @Test(arguments: [(0, Verdict.accepted), (5, .inconclusive)])
  func `a skipped check makes a submission inconclusive only if points hang on it`(
    points: Int, verdict: Verdict
  ) async throws {
    let checks = [makeCheck("a", points: 5), makeCheck("b", points: points, check: FixedCheck(.skipped("why")))]
    let report = try await GraderHarness(
      ScriptedExecutor(plain: [makeResult("right")]), exercise: makeExercise(checks: checks)
    ).report()
    #expect(report.verdict == verdict)
    #expect(report.points == 5)
  }

  @Test func `a program that the build refuses is a compile error of the first check`() async throws {
    let checks = [makeCheck("a"), makeCheck("b")]
    let harness = try GraderHarness(
      ScriptedExecutor(plain: [], build: makeResult("line 3: what is this", .exited(1))),
      exercise: makeExercise(checks: checks), language: ScriptedLanguage(notes: ["Mind the name."]))
    let report = try await harness.report()
    #expect(report.verdict == .compileError)
    #expect(report.points == 0 && report.maximumPoints == 20)
    #expect(report.checks.map(\.status) == [.failed, .skipped])
    #expect(report.checks[0].findings.map(\.message) == ["line 3: what is this"])
    #expect(report.checks[1].evidence == ["Nothing could be run."])
    #expect(report.notes == ["Mind the name."])
    #expect(harness.executor.runs.map(\.kind) == [.build])
  }

  @Test func `a submission without a program is a compile error for which no container is made`() async throws {
    let harness = try GraderHarness(
      ScriptedExecutor(plain: [makeResult()]), files: ["s1/notes.txt": "", "s1/b.md": ""])
    let report = try await harness.report()
    #expect(report.verdict == .compileError)
    #expect(
      report.checks[0].findings[0].message == "There is no printers.py, and no other file that could be the program.")
    #expect(report.checks[0].findings[0].details == "Name your program printers.py. There are: b.md, notes.txt.")
    #expect(harness.executor.containers.isEmpty)
  }

  @Test func `each run gets the exercise's limits and the scenario's arguments and input`() async throws {
    let scenario = Scenario(id: "plain", arguments: ["4"], input: "a\n")
    let exercise = makeExercise(
      limits: Limits(memory: 99, diskSpace: 77), scenarios: [scenario],
      checks: [makeCheck(check: OutputCheck("right", needsStretchedRun: true))])
    let harness = try GraderHarness(ScriptedExecutor(plain: [makeResult("right")]), exercise: exercise)
    _ = try await harness.report()
    let runs = harness.executor.runs.filter { $0.kind != .build }
    #expect(runs.map(\.kind) == [.plain(1), .stretched])
    #expect(runs.map(\.limits.memory) == [99, 99])
    #expect(
      runs.map(\.command.arguments) == [["/threadmark/run/program.py", "4"], ["/threadmark/run/program.py", "4"]])
    #expect(runs.map(\.command.standardInput) == [.bytes(Array("a\n".utf8)), .bytes(Array("a\n".utf8))])
    #expect(runs.map { $0.command.environment["THREADMARK_STRETCH"] } == [nil, "1"])
    #expect(harness.executor.containers == [ContainerConfiguration(readable: ["/opt/scripted"], diskSpace: 77)])
  }

  @Test func `a scenario that no check judges is not run`() async throws {
    let exercise = makeExercise(scenarios: [Scenario(id: "unused"), Scenario(id: "plain")])
    #expect(Plan(for: exercise).steps == [Plan.Step(scenario: Scenario(id: "plain"), attempt: 1)])
  }

  @Test func `what is said of the witness is said once`() async throws {
    var result = makeResult("right")
    result.journal.append(JournalEntry(time: 3, event: .bytes(.witness, Array("no record\n".utf8))))
    let exercise = makeExercise(scenarios: [Scenario(id: "plain", repetitions: 3)])
    let report = try await GraderHarness(ScriptedExecutor(plain: [result]), exercise: exercise).report()
    #expect(report.notes == Trace(result: result).remarks)
    #expect(!report.notes.isEmpty)
  }

  @Test func `tracebacks name the program as the student does`() async throws {
    let errors = "  File \"/threadmark/run/program.py\", line 1, in <module>\n"
    let harness = try GraderHarness(ScriptedExecutor(plain: [makeResult("right", errors: errors)]))
    #expect(try await harness.report().checks[0].errors == "  File \"s1.py\", line 1, in <module>\n")
  }
}
