import Grading
import Sandboxing
import Synchronization
import TestSupport
import Testing

struct ClassTests {
  private static let files = Dictionary(
    uniqueKeysWithValues: (1...20).map { ("s\($0).py", ["right", "wrong", "break"][$0 % 3]) })

  private static func executor() -> ScriptedExecutor {
    ScriptedExecutor { run in
      let program = run.contents(of: "run/program.py", in: .harness) ?? ""
      if program == "break" { throw SandboxError.keeperFailed("it died.") }
      await Task.yield()
      return makeResult(program)
    }
  }

  private func marked(jobs: Int) async throws -> (Report, ScriptedExecutor) {
    let harness = try GraderHarness(Self.executor(), files: Self.files)
    var report = try await harness.classReport(jobs: jobs)
    for index in report.submissions.indices { report.submissions[index].duration = 0 }
    return (report, harness.executor)
  }

  @Test func `one job and eight give the same report`() async throws {
    let (one, executor) = try await marked(jobs: 1)
    let (eight, _) = try await marked(jobs: 8)
    #expect(one == eight)
    #expect(one.submissions.map(\.id) == (1...20).map { "s\($0).py" })
    #expect(executor.mostOpenContainers == 1)
  }

  @Test(arguments: [1, 3, 8, 50])
  func `no more submissions are marked at a time than there are jobs`(jobs: Int) async throws {
    let (report, executor) = try await marked(jobs: jobs)
    #expect(report.submissions.count == 20)
    #expect(executor.mostOpenContainers <= jobs)
    #expect(executor.openContainers == 0)
  }

  @Test func `each submission is announced once, when it is marked`() async throws {
    let harness = try GraderHarness(Self.executor(), files: Self.files)
    var announced: [SubmissionReport] = []
    let report = try await harness.classReport(jobs: 4) { announced.append($0) }
    #expect(announced.sorted { $0.id < $1.id } == report.submissions.sorted { $0.id < $1.id })
  }

  @Test func `an empty class has a complete report`() async throws {
    let report = try await GraderHarness(Self.executor(), files: [:]).classReport()
    #expect(report.submissions.isEmpty)
    #expect(!report.isInterrupted)
    #expect(report.version == "0.1.0")
    #expect(report.exercise == "threaded-printers" && report.maximumPoints == 10)
    #expect(report.machine.interpreterVersion == "Scripted 1.0" && report.machine.tier == "B")
    #expect(report.machine.kernel.hasPrefix("Linux ") && report.machine.cpus >= 1)
  }

  @Test func `when marking is cancelled, what is marked is kept`() async throws {
    // The third submission waits until it is cancelled, which happens as soon as two are marked.
    let executor = ScriptedExecutor { run in
      if run.contents(of: "run/program.py", in: .harness) == "wait" {
        try await Task.sleep(for: .seconds(3600))
      }
      return makeResult("right")
    }
    let harness = try GraderHarness(
      executor, files: ["s1.py": "x", "s2.py": "x", "s3.py": "wait", "s4.py": "x", "s5.py": "wait"])
    let (marked, count) = AsyncStream.makeStream(of: Void.self)
    let task = Task { try await harness.classReport(jobs: 2) { _ in count.yield() } }
    var seen = 0
    for await _ in marked {
      seen += 1
      if seen == 3 { break }
    }
    task.cancel()
    let report = try await task.value
    #expect(report.isInterrupted)
    #expect(report.submissions.map(\.id) == ["s1.py", "s2.py", "s4.py"])
    #expect(executor.openContainers == 0)
  }

  @Test func `a run that the harness was asked to end is no verdict`() async throws {
    let harness = try GraderHarness(ScriptedExecutor(plain: [makeResult("", .cancelled)]))
    await #expect(throws: CancellationError.self) { try await harness.report() }
  }
}
