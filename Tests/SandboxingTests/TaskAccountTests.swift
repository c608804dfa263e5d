import Sandboxing
import Testing
import TestSupport

@Suite("What each task did", .requiresSandbox, .requiresPython)
struct TaskAccountTests {
  private func run(
    _ script: String, cpus: Set<Int>? = nil,
    _ observation: Observation = Observation(accountsTasks: true, tracesStates: true),
    limits: Limits = Limits(wallTime: .seconds(60))
  ) async throws -> ExecutionResult {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    var command = Command.python(["-c", script])
    command.cpus = cpus
    let result = try await container.run(command, files: [], limits: limits, observation: observation)
    await container.close()
    return result
  }

  @Test func `threads too short for any look have exact begins and ends`() async throws {
    let result = try await run(
      """
      import threading
      for _ in range(20):
          thread = threading.Thread(target=int)
          thread.start()
          thread.join()
      """)
    let threads = result.tasks.filter { !$0.task.isMainThread }
    #expect(threads.count == 20)
    let main = try #require(result.tasks.first { $0.task.isMainThread })
    // Python's join returns a moment before the thread's last call, so only begins are sure to come one after the other.
    for thread in threads { #expect(try thread.began <= #require(thread.ended)) }
    let begins = threads.map(\.began).sorted()
    #expect(zip(begins, begins.dropFirst()).allSatisfy { $0 < $1 })
    #expect(threads.allSatisfy { $0.creator == main.task })
    #expect(result.journal.count { if case .began(let task, _) = $0.event { !task.isMainThread } else { false } } == 20)
    #expect(main.ended != nil)
  }

  @Test func `a busy thread is told from an idle one by its time on a CPU`() async throws {
    let result = try await run(
      """
      import threading, time
      def busy():
          sum(i * i for i in range(400_000))
      threads = [threading.Thread(target=busy), threading.Thread(target=time.sleep, args=(0.05,))]
      for thread in threads: thread.start()
      for thread in threads: thread.join()
      """)
    let threads = result.tasks.filter { !$0.task.isMainThread }.sorted { $0.runTime < $1.runTime }
    try #require(threads.count == 2)
    #expect(threads[1].runTime > 10 * max(threads[0].runTime, 100_000))
    #expect(threads[0].voluntarySwitches > 0)
  }

  @Test func `what a process did until a signal killed it is known without looks`() async throws {
    let result = try await run(
      """
      import os, signal
      def spin():
          sum(i * i for i in range(400_000))
      spin()
      reader, writer = os.pipe()
      child = os.fork()
      if child == 0:
          spin()
          os.write(writer, b"x")
          signal.pause()
      os.read(reader, 1)
      os.kill(child, signal.SIGTERM)
      os.waitpid(child, 0)
      """, Observation(accountsTasks: true))
    let child = try #require(result.tasks.first { $0.creator != nil })
    let main = try #require(result.tasks.first { $0.creator == nil })
    #expect(child.ended == nil)
    #expect(child.runTime > main.runTime / 4, "\(child) \(main)")
  }

  @Test func `processes are accounted with their threads, creators and those that a signal killed`() async throws {
    let result = try await run(
      """
      import os, signal, threading, time
      child = os.fork()
      if child == 0:
          thread = threading.Thread(target=int)
          thread.start()
          thread.join()
          os._exit(0)
      os.waitpid(child, 0)
      killed = os.fork()
      if killed == 0:
          os.kill(os.getpid(), signal.SIGKILL)
      os.waitpid(killed, 0)
      """)
    let main = try #require(result.tasks.first { $0.creator == nil && $0.task.isMainThread })
    let processes = result.tasks.filter { $0.task.isMainThread && $0.task != main.task }
    #expect(processes.count == 2)
    #expect(processes.allSatisfy { $0.creator == main.task })
    #expect(processes.count { $0.ended == nil } == 1)
    #expect(result.tasks.contains { !$0.task.isMainThread && $0.task.process != main.task.process && $0.ended != nil })
  }

  @Test func `a pool's processes, daemon threads and raw threads all have one account each`() async throws {
    let result = try await run(
      """
      import _thread, multiprocessing, threading, time
      threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
      _thread.start_new_thread(int, ())
      with multiprocessing.get_context("fork").Pool(2) as pool:
          pool.map(abs, range(4))
      """)
    #expect(result.termination == .exited(0))
    let born = try #require(result.usage.threadsBorn) + #require(result.usage.processesBorn)
    #expect(result.tasks.count == born + 1)
    #expect(Set(result.tasks.map(\.task)).count == result.tasks.count)
  }

  @Test func `states tell running, sleeping and waiting apart`() async throws {
    let result = try await run(
      """
      import select, threading
      lock = threading.Lock()
      lock.acquire()
      waiting = threading.Thread(target=lock.acquire)
      waiting.start()
      select.select([], [], [], 0.3)
      sum(i * i for i in range(1_000_000))
      lock.release()
      waiting.join()
      """)
    let states = result.journal.compactMap { entry -> (JournalEntry.Task, TaskState)? in
      if case .state(let task, let state) = entry.event { (task, state) } else { nil }
    }
    #expect(states.contains { $0.0.isMainThread && $0.1 == .sleeping })
    #expect(states.contains { $0.0.isMainThread && $0.1 == .running })
    #expect(states.contains { !$0.0.isMainThread && $0.1.isWaiting(in: "futex") })
  }

  @Test func `sleeps that follow each other at once are seen one by one`() async throws {
    // By a select of nothing, whose time is a length: an instant may have come before a busy machine's keeper hears of it.
    let result = try await run("import select\nfor _ in range(10): select.select([], [], [], 0.02)")
    #expect(result.journal.count { if case .state(_, .sleeping) = $0.event { true } else { false } } >= 5)
  }

  @Test func `a thread on its way to a sleep is not said to run until it wakes`() async throws {
    let result = try await run(
      """
      import threading, time
      def nap():
          for _ in range(4): time.sleep(0.25)
      threads = [threading.Thread(target=nap) for _ in range(8)]
      for thread in threads: thread.start()
      for thread in threads: thread.join()
      """)
    var naps: [Int64] = []
    for account in result.tasks where !account.task.isMainThread {
      let states = result.journal.compactMap { entry -> (time: Int64, state: TaskState)? in
        if case .state(account.task, let state) = entry.event { (entry.time, state) } else { nil }
      }
      let ends = try states.dropFirst().map(\.time) + [#require(account.ended)]
      naps += zip(states, ends).filter { $0.0.state == .sleeping }.map { $1 - $0.time }
    }
    // However busy the machine is, most of the 32 naps' time is seen as such: a nap is heard of later than it was asked for,
    // two that follow each other may be seen as one, and one that the thread is late for as two.
    let slept = naps.reduce(0, +)
    #expect(slept > 32 * 250_000_000 / 2, "\(naps.count): \(naps.sorted().prefix(5))")
  }

  @Test func `letting others go first is no sleep`() async throws {
    let result = try await run("import time\nfor _ in range(30): time.sleep(0)")
    #expect(!result.journal.contains { if case .state(_, .sleeping) = $0.event { true } else { false } })
  }

  @Test func `what deadlocked is accounted up to its end`() async throws {
    let result = try await run(
      "import threading; threading.Thread(target=threading.Lock().acquire).start(); l = threading.Lock(); l.acquire(); l.acquire()"
    )
    #expect(result.termination == .deadlock)
    #expect(result.tasks.contains { $0.task.isMainThread && $0.ended == nil && $0.runTime > 0 })
  }

  @Test func `nothing is accounted that was not asked for`() async throws {
    let result = try await run("import threading; threading.Thread(target=int).start()", Observation())
    #expect(result.tasks.isEmpty)
    #expect(result.surroundings == nil)
  }

  @Test func `a run stays on the CPUs it is given, whatever it tries`() async throws {
    let cpu = try #require(CPUSet.available.min())
    let result = try await run(
      """
      import os, threading
      print(sorted(os.sched_getaffinity(0)))
      try:
          os.sched_setaffinity(0, range(os.cpu_count()))
      except PermissionError:
          print("refused")
      threading.Thread(target=lambda: print(sorted(os.sched_getaffinity(0)))).start()
      """, cpus: [cpu])
    #expect(String(decoding: result.output, as: UTF8.self) == "[\(cpu)]\nrefused\n[\(cpu)]\n")
  }

  @Test(arguments: [[], [1023]]) func `a CPU that is not there to give is an error of ours`(_ cpus: [Int]) async throws
  {
    await #expect(throws: SandboxError.self) { try await run("pass", cpus: Set(cpus)) }
  }

  @Test func `the surroundings of a run are those of its CPUs`() async throws {
    let cpu = try #require(CPUSet.available.max())
    let result = try await run(
      "import time\nuntil = time.process_time() + 0.2\nwhile time.process_time() < until: pass", cpus: [cpu],
      Observation(notesSurroundings: true))
    let surroundings = try #require(result.surroundings)
    #expect(surroundings.cpus.map(\.number) == [cpu])
    // At least what the program itself used, two ticks of the kernel excepted.
    #expect(surroundings.cpus[0].busy + 2 * surroundings.tick >= 200_000_000)
  }
}

extension TaskState {
  fileprivate func isWaiting(in call: String) -> Bool {
    if case .waiting(_, let name, true) = self { name == call } else { false }
  }
}
