import Foundation
import Grading
import Sandboxing
import Testing
import TestSupport

@Suite("How deadlocks are explained", .requiresSandbox, .requiresPython, .serialized)
struct ExplanationTests {
  /// Those that every course meets.
  static let explained = [
    "locks_in_opposite_order.py", "dining_philosophers.py", "missed_notify.py", "queue_without_a_producer.py",
    "joins_itself.py", "pool_worker_killed.py", "barrier_one_short.py", "lock_held_across_fork.py",
    "same_lock_twice.py", "lock_never_released.py", "process_locks_crossed.py", "asyncio_locks_crossed.py",
  ]

  @Test(arguments: DeadlockProgram.all.filter { explained.contains($0.url.lastPathComponent) })
  func `each is explained as recorded`(_ program: DeadlockProgram) async throws {
    let (verdict, result) = try await program.verdict(of: program.prepare())
    #expect(verdict == "deadlock")
    let name = program.url.deletingPathExtension().lastPathComponent
    try expect(explanation(result, programName: program.url.lastPathComponent), name: name)
  }

  /// Those that were compiled: their lines are known from a debugger.
  static let compiled = [
    "mutexes_crossed.c", "mutexes_crossed.cpp", "promise_never_kept.cpp", "condition_never_signalled.c",
    "locks_crossed.swift",
  ]

  @Test(.requiresDebugger, arguments: DeadlockProgram.all.filter { compiled.contains($0.url.lastPathComponent) })
  func `each that was compiled is explained with its lines`(_ program: DeadlockProgram) async throws {
    try await expectLines(of: program)
  }

  @Test(
    .requiresDebuggerOfChildren,
    arguments: DeadlockProgram.all.filter { $0.url.lastPathComponent == "shared_semaphore_never_posted.c" })
  func `so are the processes that one has made`(_ program: DeadlockProgram) async throws {
    try await expectLines(of: program)
  }

  private func expectLines(of program: DeadlockProgram) async throws {
    let prepared = try program.prepare()
    for tier in IsolationTier.allCases where tier.hasDebugger && tier.isContaining {
      guard await TierProbe.shared.offers(tier) else { continue }
      let (verdict, result) = try await program.verdict(of: prepared, tier: tier)
      #expect(verdict == "deadlock")
      let source = ContainerFile(
        path: program.url.lastPathComponent, contents: Array(try Data(contentsOf: program.url)))
      let text = try explanation(result, programName: "program", files: [source])
      try expect(text, name: program.url.lastPathComponent.replacing(".", with: "_"))
    }
  }

  @Test(
    .requires(.light), arguments: DeadlockProgram.all.filter { $0.url.lastPathComponent == "mutexes_crossed.c" })
  func `mutexes of C tell of their owners themselves`(_ program: DeadlockProgram) async throws {
    let (verdict, result) = try await program.verdict(of: program.prepare(), tier: .light)
    #expect(verdict == "deadlock")
    try expect(explanation(result, programName: "program"), name: "mutexes_crossed_c_without_debugger")
  }

  @Test(arguments: DeadlockProgram.all.filter { ["monitors_crossed.java"].contains($0.url.lastPathComponent) })
  func `Java tells who owns the monitors`(_ program: DeadlockProgram) async throws {
    let prepared = try program.prepare()
    for tier in IsolationTier.allCases where tier.isContaining {
      guard await TierProbe.shared.offers(tier) else { continue }
      let (verdict, result) = try await program.verdict(of: prepared, tier: tier)
      #expect(verdict == "deadlock")
      try expect(
        explanation(result, programName: "Program"), name: program.url.lastPathComponent.replacing(".", with: "_"))
    }
  }

  /// The finding's words, with neutral numbers for processes and threads where they go by them.
  private func explanation(
    _ result: ExecutionResult, programName: String, files: [ContainerFile] = []
  ) throws -> String {
    let run = Run(
      scenario: "plain", attempt: 1, result: result,
      trace: Trace(result: result, programName: programName, files: files))
    guard case .failed(let findings) = ExitCheck().judge([run]), let finding = findings.first else { return "none" }
    let text = "\(finding.message)\n\(finding.details)\n"
    var numbers: [Substring: Int] = [:]
    return text.replacing(/\b(process|thread|Thread) ([0-9]+)\b/) { match in
      let number = numbers[match.output.2] ?? numbers.count + 1
      numbers[match.output.2] = number
      return "\(match.output.1) #\(number)"
    }
  }

  private func expect(_ text: String, name: String) throws {
    let file = Fixtures.root.appending(path: "deadlocks/explained/\(name).txt")
    let isRecording = ProcessInfo.processInfo.environment["THREADMARK_RECORD"] == "1"
    guard !isRecording, let recorded = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("Recorded \(file.lastPathComponent): read it, then run again.")
      return
    }
    #expect(text == recorded)
  }

  @Test(arguments: PythonInterpreter.all)
  func `every Python draws the circle of two crossed locks`(_ python: PythonInterpreter) async throws {
    let url = Fixtures.root.appending(path: "deadlocks/deadlock/locks_in_opposite_order.py")
    let result = try await WitnessedRun(python: python).run(String(contentsOf: url, encoding: .utf8))
    #expect(result.termination == .deadlock)
    let text = try explanation(result, programName: "program.py")
    #expect(
      text.contains(
        #""First" holds "a" (line 9), waits for "b" (line 11) → "Second" holds "b" (line 16), waits for "a" (line 18)"#),
      "\(text)")
  }

  @Test(arguments: PythonInterpreter.all)
  func `a main thread that no signal can interrupt leaves the stacks to faulthandler`(_ python: PythonInterpreter)
    async throws
  {
    // With the second signal blocked nothing but the first is answered.
    let result = try await WitnessedRun(python: python).run(
      """
      import signal, threading
      signal.pthread_sigmask(signal.SIG_BLOCK, [52])
      def work():
          threading.Event().wait()
      threading.Thread(target=work, name="Worker").start()
      """)
    #expect(result.termination == .deadlock)
    #expect(try explanation(result, programName: "program.py").contains("program.py:4"))
  }

  @Test(arguments: PythonInterpreter.all, ["fork", "spawn", "forkserver"])
  func `each process is known by its name and the line that started it`(
    _ python: PythonInterpreter, method: String
  ) async throws {
    let result = try await WitnessedRun(python: python).run(
      """
      import multiprocessing
      def work():
          pass
      if __name__ == "__main__":
          context = multiprocessing.get_context("\(method)")
          worker = context.Process(target=work, name="Worker")
          worker.start()
          worker.join()
      """)
    #expect(result.termination == .exited(0))
    let trace = Trace(result: result, programName: "printers.py")
    #expect(trace.threads.contains { $0.writer.name == "Worker" && $0.startedAt == "printers.py:7" })
    #expect(trace.standing == Standing())
  }

  @Test(arguments: PythonInterpreter.all, ["spawn", "forkserver"])
  func `processes that Python's library has for itself are not the program's`(
    _ python: PythonInterpreter, method: String
  ) async throws {
    let result = try await WitnessedRun(python: python).run(
      """
      import multiprocessing
      def work(queue):
          queue.get()
      if __name__ == "__main__":
          context = multiprocessing.get_context("\(method)")
          queue = context.Queue()
          worker = context.Process(target=work, args=(queue,), name="Worker")
          worker.start()
          worker.join()
      """)
    #expect(result.termination == .deadlock)
    let text = try explanation(result, programName: "program.py")
    #expect(text.hasPrefix("Deadlock: both processes were waiting"), "\(text)")
    #expect(text.contains("\"Worker\", started in program.py:8, waits for an item of the queue \"queue\""), "\(text)")
    #expect(text.count { $0 == "\n" } == 5, "\(text)")
  }

  @Test func `what a program says when it is asked changes neither its end nor its output`() async throws {
    let python = try #require(PythonInterpreter.all.last)
    let result = try await WitnessedRun(python: python).run(
      """
      import os, signal, sys, threading
      def forge(*_):
          for record in (
              '{"kind":"wait","pid":1,"tid":1,"name":"x","what":"lock","object":"","id":"1","other":0}',
              '{"kind":"hold","pid":1,"tid":1,"name":"x","object":"\\\\u0007","id":"1","line":-5}',
              '{"kind":"print","pid":%d,"tid":1,"name":"x","stream":"out","text":"forged\\\\n"}' % os.getpid(),
              '{"kind":"answer","pid":1,"tid":1,"name":"x","event":"answered"}', "Thread 0xffffffffffffffff", "{",
          ):
              os.write(250, record.encode() + b"\\n")
          print("after the end")
          os._exit(0)
      signal.signal(52, forge)
      print("before")
      lock = threading.Lock()
      lock.acquire()
      lock.acquire()
      """)
    #expect(result.termination == .deadlock)
    #expect(String(decoding: result.output, as: UTF8.self) == "before\n")
    let trace = Trace(result: result)
    #expect(trace.isAttributed)
    #expect(trace.events.map(\.kind) == [.line("before")])
  }

  @Test func `a program that is asked in vain is ended all the same`() async throws {
    let python = try #require(PythonInterpreter.all.last)
    let result = try await WitnessedRun(python: python).run(
      """
      import signal, threading
      def spin(*_):
          while True:
              pass
      signal.signal(52, spin)
      threading.Event().wait()
      """)
    #expect(result.termination == .deadlock)
    #expect(result.usage.wallTime < .seconds(60))
  }
}
