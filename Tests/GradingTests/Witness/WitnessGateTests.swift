import Grading
import Sandboxing
import TestSupport
import Testing

/// Who stops at the gate in a stretched run, and that whoever started them goes on meanwhile.
@Suite(.serialized, .requiresSandbox, .requiresPython) struct WitnessGateTests {
  /// The tasks that the keeper held at the gate.
  private func tasksAtGate(
    _ python: PythonInterpreter, _ program: String, isStretched: Bool = true
  ) async throws -> [JournalEntry.Task] {
    let run = WitnessedRun(
      python: python, observation: Observation(isStretched: true),
      environment: ["THREADMARK_STRETCH": isStretched ? "1" : "0"])
    let result = try await run.run(program)
    #expect(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    return result.journal.compactMap { if case .held(let task) = $0.event { task } else { nil } }
  }

  /// A program of worker processes.
  private static func workers(_ method: String, _ body: String) -> String {
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    def work(n):
        return n
    if __name__ == "__main__":
        context = multiprocessing.get_context("\(method)")
    \(body.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    """
  }

  private static let processes = """
    workers = [context.Process(target=work, args=(n,)) for n in (1, 2)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
    """

  /// Programs with two workers of the student's each, whatever else there is.
  static let programs: [(String, String)] = [
    (
      "threads",
      """
      import threading
      workers = [threading.Thread(target=print) for _ in range(2)]
      for worker in workers: worker.start()
      for worker in workers: worker.join()
      """
    ),
    (
      "a class of threads with its own start and run, beside a timer",
      """
      import threading
      class Worker(threading.Thread):
          def start(self): super().start()
          def run(self): print("run")
      for worker in [Worker(), Worker()]: worker.start()
      threading.Timer(0, print).start()
      """
    ),
    (
      "threads without a Thread object",
      """
      import _thread
      locks = [_thread.allocate_lock() for _ in range(2)]
      for lock in locks: lock.acquire()
      for lock in locks: _thread.start_new_thread(lock.release, ())
      for lock in locks: lock.acquire()
      """
    ),
    (
      "a pool of threads",
      """
      from multiprocessing.pool import ThreadPool
      with ThreadPool(2) as pool: pool.map(abs, [1, 2])
      """
    ),
    (
      "an executor of threads",
      """
      from concurrent.futures import ThreadPoolExecutor
      with ThreadPoolExecutor(2) as executor: list(executor.map(abs, [1, 2]))
      """
    ),
    (
      "forks, beside a child that executes another program",
      """
      import os, subprocess, sys
      subprocess.run([sys.executable, "-c", ""], preexec_fn=os.getpid)
      children = []
      for _ in range(2):
          child = os.fork()
          if child == 0: sys.exit()
          children.append(child)
      for child in children: os.waitpid(child, 0)
      """
    ),
    ("processes by fork", workers("fork", processes)),
    ("processes by spawn", workers("spawn", processes)),
    ("processes by forkserver", workers("forkserver", processes)),
    ("a pool of processes", workers("fork", "with context.Pool(2) as pool: pool.map(work, [1, 2])")),
    (
      "an executor of processes",
      workers(
        "spawn",
        "with ProcessPoolExecutor(2, mp_context=context) as executor: list(executor.map(work, range(8)))")
    ),
    (
      "processes with a manager and a queue", workers("fork", "context.Manager()\ncontext.Queue().put(1)\n\(processes)")
    ),
  ]

  @Test(arguments: PythonInterpreter.all, programs)
  func `exactly the student's workers stop at the gate, together`(
    _ python: PythonInterpreter, program: (name: String, text: String)
  ) async throws {
    let tasks = try await tasksAtGate(python, program.text)
    #expect(tasks.count == 2)
    #expect(Set(tasks).count == 2)
  }

  @Test(arguments: PythonInterpreter.all)
  func `outside a stretched run nothing comes to the gate`(_ python: PythonInterpreter) async throws {
    #expect(try await tasksAtGate(python, Self.programs[0].1, isStretched: false).isEmpty)
  }

  /// In a stretched run each write takes a while, in which another thread forks.
  @Test(arguments: PythonInterpreter.all)
  func `a child that is forked while a thread prints can print too`(_ python: PythonInterpreter) async throws {
    let program = """
      import os, sys, threading
      is_over = threading.Event()
      def talk(stream):
          while not is_over.is_set(): print("still here", file=stream)
      talkers = [threading.Thread(target=talk, args=(stream,)) for stream in (sys.stdout, sys.stderr)]
      for talker in talkers: talker.start()
      for number in range(20):
          child = os.fork()
          if child == 0:
              print("child", number)
              print("child", number, file=sys.stderr)
              sys.stdout.flush()
              sys.stderr.flush()
              os._exit(0)
          os.waitpid(child, 0)
      is_over.set()
      """
    #expect(try await tasksAtGate(python, program, isStretched: false).isEmpty)
  }
}
