import Grading
import Sandboxing
import TestSupport
import Testing

/// Programs that break the witness, knowingly or not, run as they would without it.
@Suite(.serialized, .requiresSandbox, .requiresPython) struct WitnessDisturbedTests {
  static let programs: [(String, String)] = [
    ("closes every descriptor", "import os\nprint('a')\nos.closerange(3, 1000)\nprint('b')"),
    (
      "closes every descriptor and opens files of its own",
      """
      import os, tempfile
      os.closerange(3, 1000)
      files = [tempfile.TemporaryFile() for _ in range(200)]
      print("b")
      print([os.fstat(file.fileno()).st_size for file in files] == [0] * 200)
      """
    ),
    ("has no standard output", "import sys\nsys.stdout = None\nprint('a')\ndel sys.stdout"),
    ("closes standard output", "import sys\nprint('a')\nsys.stdout.close()"),
    ("detaches standard output", "import sys\nprint('a')\nsys.stdout.detach().write(b'b')"),
    (
      "prints to another object",
      "import sys\nclass Out:\n  def write(self, text): pass\nsys.stdout = Out()\nprint('a')"
    ),
    ("goes round the witness", "import os, sys\nos.write(1, b'a')\nsys.stdout.buffer.write(b'b')\nprint('c')"),
    (
      "prints what is no plain string", "class Text(str):\n  def __contains__(self, x): raise OSError\nprint(Text('a'))"
    ),
    ("changes the encoding", "import sys\nsys.stdout.reconfigure(encoding='latin-1')\nprint('é')"),
    (
      "takes threading to pieces",
      """
      import threading
      threading._active = None
      threading.Thread._bootstrap_inner = lambda self: (self._started.set(), print("odd"))
      threading.excepthook = None
      thread = threading.Thread(target=print)
      thread.start()
      """
    ),
    ("gives a thread a name that is none", "import threading\nthreading.current_thread()._name = 5\nprint('a')"),
    ("exits without ceremony", "import os\nprint('a', end='', flush=True)\nos._exit(3)"),
    ("is killed", "import os\nprint('a', flush=True)\nos.kill(os.getpid(), 9)"),
    ("forges the channel's name", "import os\nos.environ['THREADMARK_WITNESS'] = '/'\nprint('a')"),
    (
      "prints from a signal handler",
      """
      import signal
      signal.signal(signal.SIGUSR1, lambda *_: print("signal"))
      signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
      signal.raise_signal(signal.SIGUSR1)
      print("after")
      """
    ),
    ("prints at the very end", "class Late:\n  def __del__(self): print('late')\nlate = Late()"),
    (
      "prints in a child that fork gave half a line",
      "import os\nprint('half', end='')\nif os.fork(): os.wait()\nelse: print(' line')"
    ),
  ]

  @Test(arguments: PythonInterpreter.all, programs)
  func `a program that breaks the witness runs as without it`(
    _ python: PythonInterpreter, program: (name: String, text: String)
  ) async throws {
    let bare = try await WitnessedRun(python: python, isWitnessed: false).run(program.text)
    let result = try await WitnessedRun(python: python).run(program.text)
    #expect(result.termination == bare.termination)
    #expect(result.output.sorted() == bare.output.sorted())
    #expect(result.errorOutput.isEmpty == bare.errorOutput.isEmpty)
    let trace = Trace(result: result)
    #expect(trace.transcript == String(decoding: result.output, as: UTF8.self))
  }

  @Test(arguments: PythonInterpreter.all)
  func `forged records cost the attribution and nothing else`(_ python: PythonInterpreter) async throws {
    let program = """
      import os
      with open(os.environ["THREADMARK_WITNESS"], "w") as channel:
          forged = '{"kind":"print","pid":%d,"tid":1,"name":"x","stream":"out","text":"forged\\\\n"}\\n'
          channel.write(forged % os.getpid())
          channel.write("garbage\\n")
      print("true")
      """
    let trace = Trace(result: try await WitnessedRun(python: python).run(program))
    #expect(!trace.isAttributed)
    #expect(trace.lines == ["true"])
    #expect(trace.remarks.count == 2)
  }

  @Test(arguments: PythonInterpreter.all)
  func `lines printed before a kill are there to be seen`(_ python: PythonInterpreter) async throws {
    let result = try await WitnessedRun(python: python).run("import os\nprint('a')\nos.kill(os.getpid(), 9)")
    #expect(result.termination == .signaled(9, coreDumped: false))
    #expect(Trace(result: result).lines == ["MainThread| a"])
  }

  @Test(arguments: PythonInterpreter.all)
  func `a witness that nobody reads does not hang`(_ python: PythonInterpreter) async throws {
    let run = WitnessedRun(python: python, environment: ["THREADMARK_WITNESS": "ROOT/nobody"])
    #expect(try await run.run("print('a')").output == Array("a\n".utf8))
  }
}
