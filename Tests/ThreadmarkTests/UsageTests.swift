import TestSupport
import Testing

@testable import threadmark

struct UsageTests {
  @Test(arguments: [
    (["nonsense"], "nonsense"), (["check", "--nonsense"], "--nonsense"), (["check", "/nowhere"], "/nowhere"),
    (["check", "a", "b"], "b"), (["grade"], "<exercise>"), (["grade", "x"], "--submissions"),
    (["grade", "x", "--submissions", ".", "--jobs", "0"], "--jobs"), (["verify"], "--all"),
    (["verify", "x", "--all"], "--all"), (["verify", "no-such-exercise"], "There are: "),
    (["list", "--exercises", "/nowhere"], "/nowhere"), (["run"], "--"), (["run", "true"], "after --"),
    (["run", "--", "no-such-program"], "PATH"), (["run", "--", "/etc/passwd"], "not an executable file"),
    (["run", "--wall", "5parsecs", "--", "true"], "10s, 500ms or 2m"),
    (["run", "--wall", "0s", "--", "true"], "0s is no time"),
    (["run", "--memory", "much", "--", "true"], "256 MiB"),
    (["run", "--tasks", "0", "--", "true"], "from 1"), (["run", "--tier", "F", "--", "true"], "A, B, C, D, E"),
    (["run", "--network", "all", "--", "true"], "loopback"),
    (["run", "--env", "A", "--", "true"], "name=value"), (["run", "--read", "/nowhere", "--", "true"], "/nowhere"),
    (["run", "--stdin", "/", "--", "true"], "standard input"),
    (["run", "--result", "/nowhere/file", "--", "true"], "its folder does not exist"),
    (["run", "--pass-through", "--stdout", "x", "--", "true"], "can't be combined"), (["new", "No Good"], "No Good"),
    (["new", "good", "--title", ""], "title"), (["doctor", "extra"], "extra"),
  ])
  func `wrong use is named, and ends with status 2`(arguments: [String], named: String) throws {
    let run = try ThreadmarkProcess(arguments)
    #expect(run.status == Status.usage.rawValue)
    #expect(run.errors.hasPrefix("Error: "))
    #expect(run.errors.contains(named), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test func `an error that quotes a hostile name does not obey it`() throws {
    let run = try ThreadmarkProcess(["check", "\u{1B}[2J\u{202E}x"])
    #expect(run.errors == "Error: There is no file or folder \\u{202E}x.\n")
  }

  @Test func `a new exercise is made once`() throws {
    let folder = try TemporaryFolder()
    let arguments = ["new", "bounded-buffer", "--title", #"A "bounded" buffer"#, "--exercises", folder.path]
    let made = try ThreadmarkProcess(arguments)
    #expect(made.status == 0)
    #expect(made.output.contains("threadmark verify \(folder.path)/bounded-buffer"))
    let again = try ThreadmarkProcess(arguments)
    #expect(again.status == Status.usage.rawValue && again.errors.contains("already"))
  }

  @Test func `a broken exercise is named with the place, and the statuses say so`() throws {
    let folder = try TemporaryFolder(["broken/exercise.yaml": "schemaVersion: 1\ntitle: [\n"])
    let list = try ThreadmarkProcess(["list", "--exercises", folder.path])
    #expect(list.status == Status.usage.rawValue)
    #expect(list.errors.contains("\(folder.path)/broken/exercise.yaml:"))
    let grade = try ThreadmarkProcess(["grade", "broken", "--exercises", folder.path, "--submissions", "."])
    #expect(grade.status == Status.usage.rawValue)
  }
}
