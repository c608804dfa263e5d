import Foundation
import Sandboxing
import TestSupport
import Testing

/// Timed runs beside programs that never rest; apart from other tests, which would be more of them.
@Suite(
  "Timed runs beside others", .requiresSandbox, .requiresPython, .serialized,
  .enabled(
    if: geteuid() == 0 && CPUTopology.current.cpus.count > 1,
    "only root's timed runs go before others, and that takes two CPUs"))
struct SpreadTests {
  private static let turns = 40

  /// Two processes that compute until they are ended; the last argument is what they are found by.
  private static let workers = """
    import os
    for _ in range(2):
        if os.fork() == 0:
            while True: pass
    for _ in range(2): os.wait()
    """

  /// Takes both to one CPU, again and again, and prints how long they stay there when they may leave; then how long one of
  /// them stays that may not.
  private static let mover = """
    import os, sys, time
    mark, cpus = sys.argv[1].encode(), [int(cpu) for cpu in sys.argv[2:]]
    os.nice(-20)
    def fields(pid):
        with open(f"/proc/{pid}/stat") as stat: return stat.read().rsplit(")", 1)[1].split()
    def is_marked(pid):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as line: return line.read().endswith(b"\\0" + mark + b"\\0")
        except OSError: return False
    def find():
        marked = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if pid != os.getpid() and is_marked(pid)]
        return [pid for pid in marked if int(fields(pid)[1]) in marked]
    def seconds_until(is_so, patience=10):
        since = time.monotonic()
        while not is_so() and time.monotonic() < since + patience: time.sleep(0.001)
        return time.monotonic() - since
    seconds_until(lambda: len(find()) == 2)
    pair = find()
    def places(): return {fields(pid)[36] for pid in pair}
    def stay(cpu):
        for allowed in [{cpu}, set(cpus)]:
            for pid in pair: os.sched_setaffinity(pid, allowed)
        return seconds_until(lambda: len(places()) == 2, patience=0.3)
    for turn in range(\(turns)):
        print(stay(cpus[turn % 2]))
        time.sleep(0.01 + 0.001 * turn)
    os.sched_setaffinity(pair[0], {cpus[0]})
    print(seconds_until(lambda: os.sched_getaffinity(pair[0]) == set(cpus)))
    for pid in pair: os.kill(pid, 15)
    """

  /// What the mover saw of a timed run, in seconds.
  private func move() async throws -> [Double] {
    let cpus = CPUTopology.current.cpus.prefix(2)
    let mark = UUID().uuidString
    let neighbours = try cpus.map { _ in
      try Process.run(URL(filePath: "/bin/sh"), arguments: ["-c", "while :; do :; done"])
    }
    // Not terminate(): the runner's children may ignore SIGTERM.
    defer { for neighbour in neighbours { kill(neighbour.processIdentifier, SIGKILL) } }
    let output = Pipe()
    let mover = Process()
    mover.executableURL = URL(filePath: "/usr/bin/python3")
    mover.arguments = ["-c", Self.mover, mark] + cpus.map(String.init)
    mover.standardOutput = output
    try mover.run()
    let container = try await Sandbox().makeContainer(ContainerConfiguration())
    var command = Command.python(["-c", Self.workers, mark])
    command.cpus = Set(cpus)
    let result = try await container.run(
      command, files: [], limits: Limits(wallTime: .seconds(60)),
      observation: Observation(accountsTasks: true, notesSurroundings: true, goesFirst: true))
    await container.close()
    #expect(result.termination == .exited(0))
    // It has ended both workers, and ends then itself.
    let seen = try output.fileHandleForReading.readToEnd() ?? Data()
    return String(decoding: seen, as: UTF8.self).split(separator: "\n").compactMap { Double($0) }
  }

  @Test func `processes don't stay on one CPU while another program has the other`() async throws {
    let stays = try await move().dropLast()
    try #require(stays.count == Self.turns)
    // The kernel alone ends one of twenty stays so soon; with the keeper's help most are shorter, on a busy machine half.
    let short = stays.count { $0 < 0.08 }
    #expect(short >= Self.turns / 5, "\(stays.sorted())")
  }

  @Test func `a process that was left with one CPU gets all of the run's back`() async throws {
    let seen = try await move()
    try #require(seen.count == Self.turns + 1)
    #expect(seen[Self.turns] < 5)
  }
}
