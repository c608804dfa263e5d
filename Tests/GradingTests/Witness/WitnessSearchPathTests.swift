import Foundation
import Grading
import Sandboxing
import TestSupport
import Testing

/// Where Python finds modules while the witness is there.
@Suite(.serialized, .requiresSandbox, .requiresPython) struct WitnessSearchPathTests {
  /// Files of a student that have the names of standard modules, and stop any program that loads them.
  private static let shadows: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      "queue", "random", "threading", "subprocess", "signal", "multiprocessing", "pickle", "tempfile", "json", "runpy",
      "usercustomize", "sitecustomize", "socket", "traceback",
    ].map { ("\($0).py", "raise SystemExit('shadowed by ' + __file__)") })

  static let starts: [[String]?] = [nil, ["mine.py"], ["-m", "mine"], ["-c", "import mine"]]

  @Test(arguments: PythonInterpreter.all, starts)
  func `a student's files never hide the standard library, and are still found`(
    _ python: PythonInterpreter, start: [String]?
  ) async throws {
    let program = """
      import helper, threading, queue, json, sys
      assert sys.modules["threading"].__file__.find("work") < 0
      print(helper.answer)
      """
    var run = WitnessedRun(python: python, arguments: start)
    run.work = Self.shadows.merging(["helper.py": "answer = 42", "mine.py": program]) { $1 }
    let result = try await run.run(program)
    #expect(String(decoding: result.output, as: UTF8.self) == "42\n")
    #expect(String(decoding: result.errorOutput, as: UTF8.self) == "")
  }

  @Test(arguments: PythonInterpreter.all, ["fork", "spawn", "forkserver"])
  func `nor do they in worker processes`(_ python: PythonInterpreter, method: String) async throws {
    let program = """
      import multiprocessing
      def work(n):
          import helper, random, queue
          return helper.answer + n
      if __name__ == "__main__":
          with multiprocessing.get_context("\(method)").Pool(2) as pool:
              print(pool.map(work, [0, 1]))
      """
    var run = WitnessedRun(python: python)
    run.work = Self.shadows.merging(["helper.py": "answer = 42"]) { $1 }
    #expect(String(decoding: try await run.run(program).output, as: UTF8.self) == "[42, 43]\n")
  }

  @Test(arguments: PythonInterpreter.all)
  func `the witness's own folder is on no search path`(_ python: PythonInterpreter) async throws {
    let program = """
      import json, sys
      print([path for path in sys.path[1:] if "harness" in path], hasattr(sys.modules["sitecustomize"], "install"))
      """
    #expect(String(decoding: try await WitnessedRun(python: python).run(program).output, as: UTF8.self) == "[] False\n")
  }

  @Test(arguments: PythonInterpreter.all)
  func `a sitecustomize of the machine still runs, and may fail`(_ python: PythonInterpreter) async throws {
    var run = WitnessedRun(python: python)
    run.other = ["sitecustomize.py": "import sys\nsys.customized = True\nraise ValueError"]
    let result = try await run.run("import sys, sitecustomize\nprint(sys.customized, sitecustomize.__file__[-22:])")
    #expect(String(decoding: result.output, as: UTF8.self) == "True other/sitecustomize.py\n")
    #expect(result.errorOutput.isEmpty)
  }

  @Test(arguments: PythonInterpreter.all)
  func `compiled once, the witness is never compiled again`(_ python: PythonInterpreter) async throws {
    let command = Witness.compiling(by: python.path)
    var compiler = WitnessedRun(python: python, isWitnessed: false)
    compiler.arguments = command.arguments.map {
      $0.replacing("sys.stdin.buffer.read()", with: "open('witness.py', 'rb').read()")
    }
    compiler.work = ["witness.py": String(decoding: Witness.source, as: UTF8.self)]
    let file = try #require(Witness.compiled(from: try await compiler.run("").output))

    var run = WitnessedRun(python: python)
    run.harness = [file.path: file.contents, Witness.fileName: Array("raise SystemExit('compiled again')".utf8)]
    let trace = Trace(result: try await run.run("print('a')"))
    #expect(trace.lines == ["MainThread| a"])
    #expect(trace.errors == "")
  }

  @Test(arguments: ["", "cpython-311", "cpython-311\nshort", "../evil\n" + String(repeating: "x", count: 40)])
  func `what is no compiled witness is refused`(_ output: String) {
    #expect(Witness.compiled(from: Array(output.utf8)) == nil)
  }

  @Test func `the environment wakes the witness and the gate`() {
    #expect(
      Witness.environment(channel: "/threadmark/witness", isStretched: true) == [
        "PYTHONPATH": "/threadmark", "THREADMARK_FILES": "/work", "THREADMARK_WITNESS": "/threadmark/witness",
        "THREADMARK_STRETCH": "1",
      ])
    #expect(Witness.environment(channel: nil) == ["PYTHONPATH": "/threadmark", "THREADMARK_FILES": "/work"])
  }
}
