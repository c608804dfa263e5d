import Grading
import Sandboxing
import TestSupport
import Testing

/// What is varied in a run reaches Python, and a correct program does not mind.
@Suite(.serialized, .requiresSandbox, .requiresPython) struct WitnessVariationTests {
  private func output(_ python: PythonInterpreter, _ program: String, _ settings: RunSettings) async throws -> String {
    let environment = Witness.environment(
      switchInterval: settings.switchInterval, startDelays: settings.startDelays)
    let result = try await WitnessedRun(python: python, environment: environment).run(program)
    #expect(result.termination == .exited(0), "\(String(decoding: result.errorOutput, as: UTF8.self))")
    return String(decoding: result.output, as: UTF8.self)
  }

  @Test(arguments: PythonInterpreter.all)
  func `the switch interval is Python's own unless another is given`(python: PythonInterpreter) async throws {
    let program = "import sys\nprint(round(sys.getswitchinterval() * 1e6))"
    #expect(try await output(python, program, .plain) == "5000\n")
    #expect(try await output(python, program, RunSettings(switchInterval: 10)) == "10\n")
  }

  private static let starters = [
    "starters = [threading.Thread(target=work, args=(n,)) for n in range(40)]\nfor t in starters: t.start()",
    "for n in range(40): _thread.start_new_thread(work, (n,))",
  ]

  @Test(arguments: PythonInterpreter.all, starters)
  func `threads that are delayed all begin, in another order`(python: PythonInterpreter, starter: String) async throws {
    let program = """
      import _thread, threading
      order, done = [], threading.Semaphore(0)
      def work(n):
          order.append(n)
          done.release()
      \(starter)
      for _ in range(40): done.acquire()
      print(sorted(order) == list(range(40)), order == sorted(order))
      """
    #expect(try await output(python, program, RunSettings(startDelays: 4711)) == "True False\n")
  }

  @Test(arguments: PythonInterpreter.all)
  func `workers that are delayed do their work`(python: PythonInterpreter) async throws {
    let program = """
      from concurrent.futures import ThreadPoolExecutor
      from multiprocessing import Pool
      def square(n): return n * n
      if __name__ == "__main__":
          with Pool(2) as pool, ThreadPoolExecutor(2) as threads:
              print(pool.map(square, [1, 2, 3]), list(threads.map(square, [1, 2, 3])))
      """
    let settings = RunSettings(switchInterval: 1, startDelays: 9)
    #expect(try await output(python, program, settings) == "[1, 4, 9] [1, 4, 9]\n")
  }
}
