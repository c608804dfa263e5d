import Foundation
import Grading
import Sandboxing

/// A Python program as it is marked, with the witness or without.
struct WitnessedProgram {
  let interpreter: String
  let source: String

  init(_ source: String) throws {
    interpreter = try Bench.realPython()
    self.source = source
  }

  var readable: [String] { Bench.prefixes(interpreter) }
  var files: [ContainerFile] {
    let compiled = compiledWitness.map { [$0] } ?? []
    return [ContainerFile(path: "run/program.py", in: .harness, contents: Array(source.utf8))] + Witness.files
      + compiled
  }

  /// As in marking, the witness is compiled once beforehand.
  private var compiledWitness: ContainerFile? {
    let command = Witness.compiling(by: interpreter)
    guard case .bytes(let source) = command.standardInput else { return nil }
    let output = try? OutsideProgram(command.executable, command.arguments, input: source).run().output
    return output.flatMap(Witness.compiled(from:))
  }

  func command(isWitnessed: Bool = true) -> Command {
    var environment = ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"]
    if isWitnessed {
      environment.merge(Witness.environment(channel: "\(ContainerConfiguration.harnessFolder)/witness")) { $1 }
    }
    return Command(executable: interpreter, arguments: [Witness.programPath], environment: environment)
  }
}

/// Measures what the witness costs a program, with and without it alternately in one run.
struct WitnessBench {
  var rounds: Int

  private static let programs: [(name: String, source: String)] = [
    ("start alone", "pass"),
    ("start with threads", "import threading"),
    ("computes", "sum(i * i for i in range(2_000_000))"),
    (
      "computes in threads",
      """
      import threading
      def work(): sum(i * i for i in range(500_000))
      threads = [threading.Thread(target=work) for _ in range(4)]
      for thread in threads: thread.start()
      for thread in threads: thread.join()
      """
    ),
    (
      "takes locks",
      """
      import threading
      lock, n = threading.Lock(), 0
      for _ in range(1_000_000):
          with lock:
              n += 1
      """
    ),
    (
      "hands items over",
      """
      import queue, threading
      items = queue.Queue(100)
      def consume():
          while items.get() is not None: pass
      consumer = threading.Thread(target=consume)
      consumer.start()
      for item in range(60_000): items.put(item)
      items.put(None)
      consumer.join()
      """
    ),
  ]

  func run() async throws {
    print("\(rounds) rounds; medians of CPU time in milliseconds: without the witness, with it, ratio, difference")
    for program in Self.programs {
      let witnessed = try WitnessedProgram(program.source)
      let files = witnessed.files
      let container = try await Sandbox().makeContainer(ContainerConfiguration(readable: witnessed.readable))
      var times: [[Double]] = [[], []]
      for round in 0..<(rounds + 2) {
        for isWitnessed in [false, true] {
          let result = try await container.run(
            witnessed.command(isWitnessed: isWitnessed), files: files, limits: Limits(wallTime: .seconds(60)),
            observation: Observation())
          precondition(result.termination == .exited(0), "\(program.name) ended with \(result.termination)")
          let used = (result.usage.userTime + result.usage.systemTime) / .seconds(1)
          if round >= 2 { times[isWitnessed ? 1 : 0].append(used) }
        }
      }
      await container.close()
      let (bare, watched) = (Bench.median(times[0]), Bench.median(times[1]))
      let columns = [bare * 1000, watched * 1000, watched / bare, (watched - bare) * 1000]
      let name = program.name.padding(toLength: 20, withPad: " ", startingAt: 0)
      print(name + columns.map { String(format: "%9.3f", $0) }.joined())
    }
  }
}
