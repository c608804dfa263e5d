import Foundation
import Grading
import Sandboxing
import Testing

/// Who stops at the gate in a stretched run, and that whoever started them goes on meanwhile.
@Suite(.requiresPython) struct WitnessGateTests {
  /// Stands for the keeper: holds every call at the gate until two are there, or says that one stayed alone.
  private static let keeper = """
    import os, time
    def waitpid(pid, flags, call=os.waitpid):
        if pid != -1952539748:
            return call(pid, flags)
        import _thread
        log = os.environ["GATE_LOG"]
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, b"%d %d\\n" % (os.getpid(), _thread.get_native_id()))
        os.close(descriptor)
        deadline = time.monotonic() + 2
        while len(open(log).readlines()) < 2 and time.monotonic() < deadline:
            time.sleep(0.002)
        raise ChildProcessError(10, "No child processes")
    os.waitpid = waitpid
    path = os.environ["WITNESS_SOURCE"]
    with open(path) as file:
        code = compile(file.read(), path, "exec")
    exec(code, {"__name__": "sitecustomize", "__file__": __file__})
    """

  /// Runs a program before this keeper and gives the tasks that came to the gate, a line each.
  private func tasksAtGate(_ python: PythonInterpreter, _ program: String, isStretched: Bool = true) throws -> [String]
  {
    let log = FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID().uuidString)")
    try Data().write(to: log)
    defer { try? FileManager.default.removeItem(at: log) }
    let run = WitnessedRun(
      python: python,
      environment: [
        "THREADMARK_STRETCH": isStretched ? "1" : "0", "GATE_LOG": log.path,
        "WITNESS_SOURCE": "ROOT/harness/witness.py",
      ],
      harness: ["witness.py": Witness.source, Witness.fileName: Array(Self.keeper.utf8)])
    let result = try run.run(program)
    #expect(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
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
  ) throws {
    let tasks = try tasksAtGate(python, program.text)
    #expect(tasks.count == 2)
    #expect(Set(tasks).count == 2)
  }

  @Test(arguments: PythonInterpreter.all)
  func `outside a stretched run nothing comes to the gate`(_ python: PythonInterpreter) throws {
    #expect(try tasksAtGate(python, Self.programs[0].1, isStretched: false).isEmpty)
  }
}
