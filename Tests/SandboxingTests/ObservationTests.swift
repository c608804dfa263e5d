import Sandboxing
import Testing
import TestSupport

@Suite("What is observed of a run", .requiresSandbox, .requiresPython)
struct ObservationTests {
  private func run(
    _ script: String, limits: Limits = Limits(wallTime: .seconds(60)), observation: Observation = Observation()
  ) async throws -> ExecutionResult {
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    let result = try await container.run(.python(["-c", script]), files: [], limits: limits, observation: observation)
    await container.close()
    return result
  }

  /// Makes a thread stop at the gate as the witness does.
  private static let gate = """
    import os, threading
    def gate():
        try:
            os.waitpid(-1952539748, os.WNOHANG)
        except OSError:
            pass
    def work():
        gate()
        os.write(1, b'x')

    """

  private static let stretched = Observation(isStretched: true)

  private func together(_ result: ExecutionResult) -> Int {
    result.journal.reduce(0) { most, entry in
      if case .released(_, let together) = entry.event { return max(most, together) }
      return most
    }
  }

  @Test func `births are counted exactly, however short the lives`() async throws {
    let result = try await run(
      """
      import os, threading
      for _ in range(200):
          threading.Thread(target=int).start()
      for _ in range(20):
          if os.fork() == 0:
              os._exit(0)
          os.wait()
      """, limits: Limits(wallTime: .seconds(60), tasks: 250))
    #expect(result.termination == .exited(0))
    #expect(result.usage.threadsBorn == 200)
    #expect(result.usage.processesBorn == 20)
    #expect(result.journal.filter { if case .birth(.thread, _) = $0.event { true } else { false } }.count == 200)
  }

  @Test func `threads started before they are joined are held together`() async throws {
    let script =
      Self.gate + """
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """
    let result = try await run(script, observation: Self.stretched)
    #expect(result.termination == .exited(0))
    #expect(together(result) == 3)
  }

  @Test func `threads joined before the next is started are never held together`() async throws {
    let script =
      Self.gate + """
        for _ in range(5):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        """
    let result = try await run(script, observation: Self.stretched)
    #expect(result.termination == .exited(0))
    #expect(together(result) == 1)
  }

  @Test func `a thread that waits for a later one counts as alive with it`() async throws {
    let script =
      Self.gate + """
        started, ready = threading.Event(), threading.Event()
        def first():
            gate()
            started.set()
            ready.wait()
        a = threading.Thread(target=first)
        a.start()
        started.wait()
        b = threading.Thread(target=work)
        b.start()
        b.join()
        ready.set()
        """
    let result = try await run(script, observation: Self.stretched)
    #expect(result.termination == .exited(0))
    #expect(together(result) == 2)
  }

  @Test func `the gate tells forked processes from threads`() async throws {
    let script =
      Self.gate + """
        for _ in range(2):
            if os.fork() == 0:
                work()
                os._exit(0)
        for _ in range(2): os.wait()
        """
    let result = try await run(script, observation: Self.stretched)
    #expect(result.usage.processesBorn == 2)
    #expect(together(result) == 2)
    let writers = result.journal.compactMap { entry -> JournalEntry.Task? in
      if case .wrote(let task, .standardOutput, _) = entry.event { task } else { nil }
    }
    #expect(Set(writers).count == 2)
    #expect(writers.allSatisfy { $0.isMainThread })
  }

  @Test(arguments: [
    "import time; time.sleep(0.8)",
    "import threading; threading.Timer(0.8, print).start()",
    "import asyncio; asyncio.run(asyncio.sleep(0.8))",
    "import queue\ntry: queue.Queue().get(timeout=0.8)\nexcept queue.Empty: pass",
    "import signal; signal.signal(signal.SIGALRM, lambda *_: None); signal.setitimer(signal.ITIMER_REAL, 0.8); signal.pause()",
    "import subprocess; subprocess.run(['/bin/sleep', '0.8'])",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(0.8,)).start()",
    "import select; select.select([], [], [], 0.8)",
    "for _ in range(10**7): pass",
  ])
  func `what only looks stuck is not called a deadlock`(_ script: String) async throws {
    #expect(try await run(script).termination == .exited(0))
  }

  @Test(arguments: [
    "import queue; queue.Queue().get()",
    "import threading; threading.Event().wait()",
    "import threading; threading.Barrier(2).wait()",
    "import signal; signal.pause()",
    "import os; r, w = os.pipe(); os.read(r, 1)",
    "import socket; a, b = socket.socketpair(); a.recv(1)",
    "import select, os; r, w = os.pipe(); select.select([r], [], [])",
    "import multiprocessing as m; q = m.SimpleQueue(); q.get()",
  ])
  func `what nothing can end is called a deadlock, with what each task waits in`(_ script: String) async throws {
    let result = try await run(script)
    #expect(result.termination == .deadlock)
    #expect(result.journal.contains { if case .blocked = $0.event { true } else { false } })
  }

  @Test func `threads only means that no process can be made`() async throws {
    let result = try await run(
      """
      import os, threading
      threading.Thread(target=print, args=("thread",)).start()
      try:
          os.fork()
      except PermissionError:
          print("refused")
      """, limits: Limits(wallTime: .seconds(60), processes: 0))
    #expect(result.termination == .exited(0))
    #expect(String(decoding: result.output, as: UTF8.self).contains("refused"))
    #expect(result.usage.processesBorn == 0)
    #expect(result.usage.birthsRefused == 1)
  }

  @Test func `CPU time of children that nobody waits for is charged`() async throws {
    let result = try await run(
      """
      import os
      if os.fork() == 0:
          if os.fork() == 0:
              sum(i * i for i in range(3_000_000))
          os._exit(0)
      else:
          own = os.times()
          os.read(os.open("/dev/null", os.O_RDONLY), 1)
      import time
      time.sleep(0)
      """)
    // The grandchild ran on after its parents' end: it was waited for, and what it used is in the account.
    let python = try await run("sum(i * i for i in range(3_000_000))")
    #expect(result.usage.userTime > python.usage.userTime / 3)
  }
}
