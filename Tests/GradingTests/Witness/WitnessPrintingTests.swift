import Grading
import Sandboxing
import TestSupport
import Testing

/// Printing programs in every Python of this machine.
@Suite(.serialized, .requiresSandbox, .requiresPython) struct WitnessPrintingTests {
  private static let repetitions = 30

  /// The textbook's program, as it is printed there.
  private static let textbook = """
    import threading

    def print_numbers():
        for i in range(1, 6):
            print(f"Thread {threading.current_thread().name}: {i}")

    thread1 = threading.Thread(target=print_numbers, name="Thread 1")
    thread2 = threading.Thread(target=print_numbers, name="Thread 2")

    thread1.start()
    thread2.start()
    """

  @Test(arguments: PythonInterpreter.all)
  func `the textbook's printers come out right, line by line and thread by thread`(_ python: PythonInterpreter)
    async throws
  {
    for _ in 1...Self.repetitions {
      let result = try await WitnessedRun(python: python).run(Self.textbook)
      let trace = Trace(result: result)
      #expect(trace.isAttributed, "\(trace.remarks) \(trace.transcript)")
      for name in ["Thread 1", "Thread 2"] {
        #expect(trace.lines.filter { $0.hasPrefix("\(name)|") } == (1...5).map { "\(name)| Thread \(name): \($0)" })
      }
      #expect(try OrderCheck.textbook.judge([.make(result)]).isPass)
    }
  }

  /// Every way to print, from several threads in turn.
  private static let deterministic = """
    import contextlib, io, sys, threading
    assert isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding == "utf-8"
    assert (sys.stdout.name, sys.stdout.mode, sys.stdout.fileno()) == ("<stdout>", "w", 1)
    def work(n):
        print("é€😀", n, '"\\\\\\x7f\\t', sep="|")
        sys.stdout.write("no end ")
        sys.stdout.writelines(["a\\n", "b"])
        print("c" * 5000, end="\\r\\n")
        print("left over", n, end="")
    for n in range(3):
        thread = threading.Thread(target=work, args=(n,))
        thread.start()
        thread.join()
    with contextlib.redirect_stdout(io.StringIO()):
        print("hidden")
    sys.stdout.flush()
    print("the end", file=sys.__stdout__)
    print("error", file=sys.stderr)
    """

  @Test(arguments: PythonInterpreter.all)
  func `the output is byte for byte what it is without a witness`(_ python: PythonInterpreter) async throws {
    let bare = try await WitnessedRun(python: python, isWitnessed: false).run(Self.deterministic)
    #expect(bare.termination == .exited(0))
    for _ in 1...Self.repetitions {
      let result = try await WitnessedRun(python: python).run(Self.deterministic)
      #expect(result.output == bare.output)
      #expect(result.errorOutput == bare.errorOutput)
      #expect(result.termination == bare.termination)
      let trace = Trace(result: result)
      #expect(trace.isAttributed, "\(trace.remarks)")
    }
  }

  @Test(arguments: PythonInterpreter.all, ["fork", "spawn", "forkserver"])
  func `workers are witnessed however they are started`(_ python: PythonInterpreter, method: String) async throws {
    let program = """
      import multiprocessing
      def work(n):
          print("work", n, end="!")
      if __name__ == "__main__":
          context = multiprocessing.get_context("\(method)")
          for n in (1, 2):
              process = context.Process(target=work, args=(n,), name="Worker %d" % n)
              process.start()
              process.join()
          print()
      """
    let trace = Trace(result: try await WitnessedRun(python: python).run(program))
    #expect(trace.transcript == "work 1!work 2!\n")
    #expect(trace.isAttributed)
    #expect(trace.lines.sorted() == ["MainThread| ", "Worker 1| work 1!", "Worker 2| work 2!"])
  }

  @Test(arguments: PythonInterpreter.all)
  func `a child's output that the program captures is the program's to print`(_ python: PythonInterpreter) async throws
  {
    let program = """
      import subprocess, sys
      text = subprocess.run([sys.executable, "-c", "print('child')"], stdout=subprocess.PIPE).stdout
      print("got", text)
      """
    let trace = Trace(result: try await WitnessedRun(python: python).run(program))
    #expect(trace.lines == ["MainThread| got b'child\\n'"])
  }

  @Test(arguments: PythonInterpreter.all)
  func `exceptions are reported, with standard error as without a witness`(_ python: PythonInterpreter) async throws {
    let program = """
      import threading
      def work():
          raise ValueError("böse")
      thread = threading.Thread(target=work, name="Worker")
      thread.start()
      thread.join()
      try:
          thread.start()
      except RuntimeError as error:
          assert "sitecustomize" not in repr(error.__traceback__.tb_next.tb_frame.f_code)
      {}["key"]
      """
    let result = try await WitnessedRun(python: python).run(program)
    #expect(result.termination == .exited(1))
    let trace = Trace(result: result)
    let summaries = trace.events.compactMap { event in
      if case .uncaughtException(let summary, _) = event.kind { (event.writer?.name, summary) } else { nil }
    }
    #expect(summaries.map(\.0) == ["Worker", "MainThread"])
    #expect(summaries.map(\.1) == ["ValueError: böse", "KeyError: 'key'"])
    #expect(!trace.errors.contains("sitecustomize"))
    #expect(trace.errors.hasPrefix("Exception in thread Worker:\nTraceback (most recent call last):\n"))
    let place = trace.threads.first { $0.writer.name == "Worker" }?.startedAt
    #expect(place?.hasSuffix("program.py:5") == true)
  }
}
