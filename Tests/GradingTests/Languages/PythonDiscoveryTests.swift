import Foundation
import TestSupport
import Testing

@testable import Grading

struct PythonDiscoveryTests {
  @Test(.enabled(if: Outside.has("python3")))
  func `the real interpreter is found behind whatever python3 is`() async throws {
    let python = try await LanguageCatalogue.language("python")
    let python3 = try #require(python as? Python)
    #expect(python.interpreterVersion.contains(/^\w+ 3\.\d+\.\d+/))
    let magic = try FileHandle(forReadingFrom: URL(fileURLWithPath: python.interpreter)).read(upToCount: 4)
    #expect(magic.map(Array.init) == [0x7f] + Array("ELF".utf8))
    #expect(
      python3.standardModules.isSuperset(of: ["threading", "queue", "sys", "json", "multiprocessing", "_thread"]))
    #expect(python3.standardModules.isDisjoint(with: ["printers", "site-packages", "numpy"]))
    // A path that was found once is found again.
    let again = try await LanguageCatalogue.language("python", python: python.interpreter)
    #expect(again.interpreter == python.interpreter)
  }

  @Test(.enabled(if: Outside.has("python3")))
  func `a virtual environment keeps its own interpreter, and both its folder and the real one are readable`()
    async throws
  {
    let folder = try TemporaryFolder()
    let real = try await LanguageCatalogue.language("python")
    let made = try Outside.run(real.interpreter, ["-m", "venv", "--without-pip", folder.path("env")])
    try #require(made.status == 0)
    let python = try await LanguageCatalogue.language("python", python: folder.path("env/bin/python"))
    #expect(python.interpreter == folder.path("env/bin/python"))
    #expect(python.readable.contains(folder.path("env")))
    #expect(Set(python.readable).isSuperset(of: real.readable))
  }

  @Test(.enabled(if: Outside.has("python3")))
  func `a script that starts the interpreter, as pyenv's do, is seen through`() async throws {
    let real = try await LanguageCatalogue.language("python")
    let folder = try TemporaryFolder(["shim": "#!/bin/sh\nexec '\(real.interpreter)' \"$@\"\n"])
    try folder.makeExecutable("shim")
    let python = try await LanguageCatalogue.language("python", python: folder.path("shim"))
    #expect(python.interpreter == real.interpreter)
  }

  @Test(arguments: [
    (
      "/nowhere/python3", "\"/nowhere/python3\" cannot be started: there is no such program, or it may not be executed."
    ),
    ("no-such-python", "\"no-such-python\" cannot be started: there is no such program, or it may not be executed."),
    ("/bin/false", "\"/bin/false\" failed with status 1 when it was asked about itself."),
    ("/bin/echo", "\"/bin/echo\" is no Python: it was asked about itself and answered something else."),
  ])
  func `what is no Python is an error that says how to name one`(name: String, message: String) async throws {
    let error = try #require(
      await #expect(throws: LanguageError.self) { try await LanguageCatalogue.language("python", python: name) })
    #expect(error.description.hasPrefix(message))
  }

  @Test func `a Python that is too old is refused`() async throws {
    let answer = #"{"executable":"/x","title":"Python 3.7.16","version":[3,7],"folders":[],"modules":[]}"#
    let folder = try TemporaryFolder(["old": "#!/bin/sh\necho '\(answer)'\n"])
    try folder.makeExecutable("old")
    let error = await #expect(throws: LanguageError.self) { try await Python.find(folder.path("old")) }
    #expect(error?.description.hasSuffix("is Python 3.7.16, too old: threadmark needs Python 3.8 or newer.") == true)
  }

  @Test func `a tool that does not answer is ended`() async throws {
    let folder = try TemporaryFolder(["hang": "#!/bin/sh\nexec sleep 3600\n"])
    try folder.makeExecutable("hang")
    await #expect(throws: LanguageError.self) { try await Tool.output(of: folder.path("hang"), [], within: .zero) }
  }

  @Test(arguments: [
    (["/usr", "/usr/local", "/usr/lib/python3"], []),
    (["/root/.pyenv/versions/3.11/lib", "/root/.pyenv/versions/3.11"], ["/root/.pyenv/versions/3.11"]),
    (["/opt/python", "/opt/python-3", "/", "relative"], ["/opt/python", "/opt/python-3"]),
  ])
  func `folders that a container shows anyway are left out`(folders: [String], readable: [String]) {
    #expect(Python.readable(folders) == readable)
  }
}
