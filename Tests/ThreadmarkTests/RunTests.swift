import Foundation
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

struct RunTests {
  @Test(.requiresSandbox) func `a command's result is one document on standard output`() throws {
    let run = try ThreadmarkProcess(["run", "--", "sh", "-c", "echo out; echo err >&2"])
    #expect(run.status == 0 && run.errors.isEmpty)
    let document = try decode(run.output)
    #expect(document.command == ["/usr/bin/sh", "-c", "echo out; echo err >&2"])
    #expect(document.termination.reason == .exited && document.termination.status == 0)
    #expect(document.output == RunDocument.Stream(bytes: 4, text: "out\n", isCut: false))
    #expect(document.errorOutput.text == "err\n")
    #expect(document.usage.wallSeconds > 0 && document.usage.peakMemoryBytes > 0)
  }

  @Test(.requiresSandbox) func `a command that does not end with 0 is status 1, with the reason`() throws {
    let exit = try ThreadmarkProcess(["run", "--", "sh", "-c", "exit 7"])
    #expect(exit.status == Status.notAccepted.rawValue)
    #expect(try decode(exit.output).termination.status == 7)
    let signal = try decode(ThreadmarkProcess(["run", "--", "sh", "-c", "kill -SEGV $$"]).output)
    #expect(signal.termination.signal == "SIGSEGV" && signal.termination.signalNumber == 11)
    let slow = try ThreadmarkProcess(["run", "--wall", "200ms", "--", "sleep", "60"])
    #expect(slow.status == Status.notAccepted.rawValue)
    #expect(try decode(slow.output).termination.reason == .wallTimeLimit)
  }

  @Test(.requiresSandbox) func `output goes to files or straight on where that is asked for`() throws {
    let folder = try TemporaryFolder(["input": "from a file\n"])
    let files = ["--stdout", folder.path("out"), "--result", folder.path("result.json")]
    let kept = try ThreadmarkProcess(["run", "--stdin", folder.path("input")] + files + ["--", "cat"])
    #expect(kept.status == 0 && kept.output.isEmpty && kept.errors.isEmpty)
    #expect(try String(contentsOfFile: folder.path("out"), encoding: .utf8) == "from a file\n")
    let document = try decode(String(contentsOfFile: folder.path("result.json"), encoding: .utf8))
    #expect(document.output == RunDocument.Stream(bytes: 12, text: nil, isCut: nil))
    let passed = try ThreadmarkProcess(["run", "--pass-through", "--", "echo", "live"])
    #expect(passed.output == "live\n")
    #expect(try decode(passed.errors).output.bytes == 5)
  }

  @Test(.requiresSandbox) func `surroundings are what was asked for`() throws {
    let folder = try TemporaryFolder(["seen": "yes\n", "tool": "#!/bin/sh\necho \"$GREETING $PWD\"\n"])
    try folder.makeExecutable("tool")
    let unseen = try ThreadmarkProcess(["run", "--", "cat", folder.path("seen")])
    #expect(unseen.status == Status.notAccepted.rawValue)
    let seen = try ThreadmarkProcess(["run", "--read", folder.path, "--cwd", folder.path, "--", "cat", "seen"])
    #expect(try decode(seen.output).output.text == "yes\n")
    let own = try ThreadmarkProcess(["run", "--env", "GREETING=hello=", "--", folder.path("tool")])
    #expect(try decode(own.output).output.text?.hasPrefix("hello= /") == true)
  }

  @Test(.requiresSandbox, arguments: [(SIGINT, Status.interrupted), (SIGTERM, .terminated), (SIGHUP, .hungUp)])
  func `a signal ends the command and is the status`(signal: Int32, status: Status) throws {
    let folder = try TemporaryFolder()
    let started = folder.path("started")
    let script = "touch \(started); exec sleep 60"
    let run = try ThreadmarkProcess(["run", "--wall", "2m", "--write", folder.path, "--", "sh", "-c", script]) { id in
      while !FileManager.default.fileExists(atPath: started) { usleep(10_000) }
      kill(id, signal)
    }
    #expect(run.status == status.rawValue)
    #expect(try decode(run.output).termination.reason == .cancelled)
  }

  @Test func `a machine without its keeper is status 3`() throws {
    let environment = ["THREADMARK_KEEPER": "/nowhere/keeper"]
    let run = try ThreadmarkProcess(["run", "--", "true"], environment: environment)
    #expect(run.status == Status.failure.rawValue)
    #expect(run.errors.contains("/nowhere/keeper"))
    let doctor = try ThreadmarkProcess(["doctor"], environment: environment)
    #expect(doctor.status == Status.failure.rawValue)
    #expect(doctor.output.contains("can't mark submissions"))
  }

  @Test(.requiresSandbox, .requiresPython, arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
  func `standard descriptors that were closed are no harm`(closing: String) throws {
    let folder = try TemporaryFolder()
    let script = "import os; print([int(f) for f in os.listdir('/proc/self/fd')][:-1])"
    let command =
      #""$threadmark" run --result '\#(folder.path("result"))' -- /usr/bin/python3 -c "\#(script)" \#(closing)"#
    #expect(try shell(command) == 0)
    let document = try decode(String(contentsOfFile: folder.path("result"), encoding: .utf8))
    #expect(document.output.text == "[0, 1, 2]\n")
  }

  @Test(.requiresSandbox, .requiresPython) func `doctor tells the tier, what it lacks, and the Python`() throws {
    let doctor = try ThreadmarkProcess(["doctor", "--json"])
    #expect(doctor.status == 0)
    let diagnosis = try JSONDecoder().decode(Diagnosis.self, from: Data(doctor.output.utf8))
    #expect(diagnosis.isFit && diagnosis.tiers.count == IsolationTier.allCases.count)
    #expect(diagnosis.python?.version.hasPrefix("Python 3.") == true)
    let system = try ThreadmarkProcess(["doctor", "--json", "--python", "/usr/bin/python3"])
    let tiers = try JSONDecoder().decode(Diagnosis.self, from: Data(system.output.utf8)).tiers
    #expect(tiers.allSatisfy { $0.pythonProblem == nil })
    let missing = try ThreadmarkProcess(["doctor", "--python", "/nowhere/python"])
    #expect(missing.status == Status.failure.rawValue && missing.output.contains("/nowhere/python"))
  }

  @Test(.requires(.ownUser), .requiresPython)
  func `doctor says in which tiers a Python that only its owner can reach doesn't start`() throws {
    let folder = try TemporaryFolder()
    let system = URL(fileURLWithPath: "/usr/bin/python3").resolvingSymlinksInPath().path
    try FileManager.default.copyItem(atPath: system, toPath: folder.path("python3"))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    let doctor = try ThreadmarkProcess(["doctor", "--json", "--python", folder.path("python3")])
    let tiers = try JSONDecoder().decode(Diagnosis.self, from: Data(doctor.output.utf8)).tiers
    #expect(tiers.first { $0.id == "C" }?.pythonProblem?.contains("EACCES") == true, "\(doctor.output)")
    #expect(tiers.first { $0.id == "D" }?.pythonProblem == nil)
  }

  @Test(arguments: [
    (TerminationStatus.exited(3), RunDocument.Termination.Reason.exited), (.wallTimeLimit, .wallTimeLimit),
    (.cpuTimeLimit, .cpuTimeLimit), (.memoryLimit, .memoryLimit), (.outputLimit, .outputLimit),
    (.fileSizeLimit, .fileSizeLimit), (.diskSpaceLimit, .diskSpaceLimit), (.birthLimit, .birthLimit),
    (.taskLimit, .taskLimit), (.deadlock, .deadlock), (.stopped, .stopped),
    (.disallowedCall, .disallowedCall), (.cancelled, .cancelled), (.signaled(9, coreDumped: false), .signaled),
    (.notStarted(stage: "executing the program", errno: ENOENT), .notStarted),
  ])
  func `every end has its reason in the document`(
    status: TerminationStatus, reason: RunDocument.Termination.Reason
  ) throws {
    let result = ExecutionResult(termination: status, usage: ResourceUsage(threadsBorn: nil))
    let document = RunDocument(
      result, of: Command(executable: "/bin/x"), includesOutput: true, includesErrors: true)
    #expect(document.termination.reason == reason)
    #expect(try decode(String(decoding: document.json(), as: UTF8.self)) == document)
  }

  @Test func `long output is cut to what a document can hold`() throws {
    let bytes = [UInt8](repeating: 0xFF, count: 100_000)
    let journal = [JournalEntry(time: 0, event: .bytes(.standardOutput, bytes))]
    let document = RunDocument(
      ExecutionResult(journal: journal), of: Command(executable: "/bin/x"), includesOutput: true, includesErrors: true)
    #expect(document.output.bytes == 100_000 && document.output.isCut == true)
    #expect(document.output.text?.count == 64 << 10)
  }

  private func decode(_ text: String) throws -> RunDocument {
    try JSONDecoder().decode(RunDocument.self, from: Data(text.utf8))
  }
}
