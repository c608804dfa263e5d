import Sandboxing
import TestSupport
import Testing

@testable import Grading

struct ExerciseDecoderTests {
  private func decode(_ text: String, folder: String = "/exercises/two-printers") throws -> Exercise {
    try ExerciseDecoder().decode(Array(text.utf8), folder: folder, path: "exercise.yaml")
  }

  private let smallest = """
    schemaVersion: 1
    title: Two printers
    language: python
    entry: printers.py
    checks:
      - {id: ends, title: It ends, check: exit, points: 3}

    """

  @Test func `what an exercise leaves open has a default`() throws {
    let exercise = try decode(smallest)
    #expect(exercise.id == "two-printers" && exercise.folder == "/exercises/two-printers")
    #expect(exercise.title == "Two printers" && exercise.language == "python" && exercise.entry == "printers.py")
    #expect(exercise.limits == Limits(processes: 0) && exercise.network == .none)
    #expect(exercise.scenarios == [Scenario(id: "plain")])
    #expect(exercise.checks.map(\.id) == ["ends"] && exercise.checks.map(\.scenario) == ["plain"])
    #expect(exercise.maximumPoints == 3)
  }

  @Test func `every limit can be set`() throws {
    let exercise = try decode(
      smallest + """
        network: loopback
        limits:
          wall: 500ms
          cpu: 2m
          memory: 64 MiB
          tasks: 7
          processes: 3
          output: 4096
          file_size: 1 MB
          disk: 2MiB
          open_files: 32
          stack: 128KiB
        """)
    #expect(exercise.network == .loopback)
    #expect(
      exercise.limits
        == Limits(
          wallTime: .milliseconds(500), cpuTime: .seconds(120), memory: 64 << 20, tasks: 7, processes: 3,
          output: 4096, fileSize: 1_000_000, diskSpace: 2 << 20, openFiles: 32, stack: 128 << 10))
  }

  @Test func `a server has a latency and a port where they are asked for`() throws {
    let folder = Repository.root + "/exercises/io-bound-threads"
    let plain = try decode(smallest + "server: {program: server.py}\n", folder: folder).server
    #expect(plain?.name == "server.py" && plain?.latency == nil && plain?.hasPort == false)
    let full = try decode(smallest + "server: {program: server.py, latency: 5ms, port: true}\n", folder: folder).server
    #expect(full?.latency == .milliseconds(5) && full?.hasPort == true)
    let error = #expect(throws: ExerciseError.self) {
      try decode(smallest + "server: {program: server.py, port: 8080}\n", folder: folder)
    }
    #expect(error.map { "\($0)" }?.contains("true or false") == true)
  }

  @Test func `scenarios have arguments, input and repetitions, and checks name theirs`() throws {
    let exercise = try decode(
      """
      schemaVersion: 1
      title: "2024: threads"
      language: command
      entry: start
      scenarios:
        - id: small
          arguments: [1, "2", 0x10, yes, -v, "a b"]
          input: "line\\n"
          repeat: 5
        - id: large
      checks:
        - {id: a, title: A, check: exit, points: 0}
        - {id: b, title: B, check: exit, points: 2, scenario: large}
      """)
    #expect(
      exercise.scenarios == [
        Scenario(
          id: "small", arguments: ["1", "2", "0x10", "yes", "-v", "a b"], input: "line\n", repetitions: 5),
        Scenario(id: "large"),
      ])
    #expect(exercise.checks.map(\.scenario) == ["small", "large"])
  }

  @Test func `an alias may repeat a value`() throws {
    let exercise = try decode(
      smallest.replacing("checks:", with: "scenarios: [{id: a, arguments: &a [1, 2]}, {id: b, arguments: *a}]\nchecks:")
    )
    #expect(exercise.scenarios.map(\.arguments) == [["1", "2"], ["1", "2"]])
  }

  @Test(arguments: ["\u{feff}", "%YAML 1.1\n---\n", "# a comment\n\n"])
  func `what may stand before the first key may stand there`(beginning: String) throws {
    #expect(try decode(beginning + smallest).title == "Two printers")
  }

  @Test func `lines may end as they do on Windows`() throws {
    #expect(try decode(smallest.replacing("\n", with: "\r\n")).title == "Two printers")
  }

  @Test(arguments: Repository.names(in: "exercises"))
  func `every exercise of the repository can be read`(name: String) throws {
    let exercise = try Exercise.load(folder: "\(Repository.root)/exercises/\(name)/")
    #expect(exercise.id == name)
    #expect(exercise.folder == "\(Repository.root)/exercises/\(name)")
  }
}
