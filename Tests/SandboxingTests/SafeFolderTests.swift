import Foundation
import Sandboxing
import TestSupport
import Testing

struct SafeFolderTests {
  @Test func `entries are listed by their bytes, with what they are`() throws {
    let folder = try TemporaryFolder(["b": "", "a/x": "", "é": ""])
    try folder.link("c", to: "a")
    try folder.makePipe("d")
    let entries = try SafeFolder(path: folder.path).entries(atMost: 5)
    #expect(entries.map { String(decoding: $0.name, as: UTF8.self) } == ["a", "b", "c", "d", "é"])
    #expect(entries.map(\.kind) == [.folder, .file, .link, .other("a named pipe (FIFO)"), .file])
    #expect(throws: SafeFileError.tooManyEntries(limit: 4)) { try SafeFolder(path: folder.path).entries(atMost: 4) }
  }

  @Test func `no link is followed, neither to a folder nor to a file`() throws {
    let folder = try TemporaryFolder(["a/x": "inside"])
    try folder.link("folder", to: "a")
    try folder.link("file", to: "a/x")
    let safe = try SafeFolder(path: folder.path)
    #expect(throws: SafeFileError.systemCall("openat", errno: ENOTDIR)) { _ = try safe.folder(Array("folder".utf8)) }
    #expect(throws: SafeFileError.notAFile(.link)) { try safe.contents(of: Array("file".utf8), atMost: 100) }
    #expect(try safe.folder(Array("a".utf8)).contents(of: Array("x".utf8), atMost: 6).bytes == Array("inside".utf8))
  }

  @Test(arguments: ["..", "a/x", "", "a\0", "/etc"])
  func `only one name at a time is taken`(name: String) throws {
    let folder = try TemporaryFolder(["a/x": "inside"])
    let safe = try SafeFolder(path: folder.path)
    #expect(throws: SafeFileError.systemCall("openat", errno: EINVAL)) {
      try safe.contents(of: Array(name.utf8), atMost: 100)
    }
    #expect(throws: SafeFileError.systemCall("openat", errno: EINVAL)) { _ = try safe.folder(Array(name.utf8)) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a named file is read up to its limit, and a pipe is not waited for`() throws {
    let folder = try TemporaryFolder(["a": "12345"])
    try folder.makePipe("pipe")
    #expect(try SafeFile.contents(path: folder.path("a"), atMost: 5).bytes == Array("12345".utf8))
    #expect(throws: SafeFileError.tooLarge(5, limit: 4)) { try SafeFile.contents(path: folder.path("a"), atMost: 4) }
    #expect(throws: SafeFileError.notAFile(.other("a named pipe (FIFO)"))) {
      try SafeFile.contents(path: folder.path("pipe"), atMost: 5)
    }
    #expect(throws: SafeFileError.notAFile(.folder)) { try SafeFile.contents(path: folder.path, atMost: 5) }
  }

  @Test func `a file whose size the kernel does not tell is read up to its limit`() throws {
    let bytes = try SafeFile.contents(path: "/proc/self/status", atMost: 1 << 20).bytes
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("Name:"))
    #expect(throws: SafeFileError.self) { try SafeFile.contents(path: "/proc/self/status", atMost: 10) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file or folder that is swapped for a link meanwhile is never followed`() async throws {
    let folder = try TemporaryFolder(["outside/x": "secret", "class/a/x": "inside", "class/b": "inside"])
    let root = folder.path("class")
    try folder.link("class/a.link", to: folder.path("outside"))
    try folder.link("class/b.link", to: folder.path("outside/x"))
    let swapper = Task.detached {
      while !Task.isCancelled { for name in ["a", "b"] { Self.exchange("\(root)/\(name)", "\(root)/\(name).link") } }
    }
    let safe = try SafeFolder(path: root)
    var refused = 0
    var read = 0
    while refused < 200 || read < 200 {
      do {
        let inner = try safe.folder(Array("a".utf8)).contents(of: Array("x".utf8), atMost: 100).bytes
        let plain = try safe.contents(of: Array("b".utf8), atMost: 100).bytes
        #expect(inner == Array("inside".utf8) && plain == Array("inside".utf8))
        read += 1
      } catch { refused += 1 }
    }
    swapper.cancel()
    await swapper.value
  }

  /// Gives each of two files the other's name.
  private static func exchange(_ one: String, _ other: String) {
    rename(one, other + ".old")
    rename(other, one)
    rename(other + ".old", other)
  }
}
