import Foundation
import Testing

@testable import JUnitXML

@Suite struct `A report in a file` {
  @Test func `takes the place of an old one, and nothing else is left`() throws {
    try withFolder { folder in
      let path = folder + "/report.xml"
      try Samples.everyType.write(to: path)
      try Samples.everything.write(to: path)
      #expect(try bytes(path) == Samples.everything.xml())
      #expect(try names(in: folder) == ["report.xml"])
      let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect((permissions ?? 0) & 0o600 == 0o600 && (permissions ?? 0) & 0o111 == 0)
    }
  }

  @Test func `is written to a relative path`() throws {
    let name = "threadmark-\(UUID().uuidString).xml"
    defer { try? FileManager.default.removeItem(atPath: name) }
    try Samples.everyType.write(to: name)
    #expect(try JUnitReader.read(try bytes(name)) == Samples.everyType)
  }

  @Test func `has the name of the call, the path and the number of what went wrong`() throws {
    try withFolder { folder in
      let error = #expect(throws: JUnitError.self) { try Samples.everyType.write(to: folder + "/none/report.xml") }
      guard case .file("open", let path, ENOENT) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(path.hasPrefix(folder + "/none/"))
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `leaves a folder of that name alone`() throws {
    try withFolder { folder in
      let path = folder + "/report.xml"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(throws: JUnitError.file(call: "rename", path: path, number: EISDIR)) {
        try Samples.everyType.write(to: path)
      }
      #expect(try names(in: folder) == ["report.xml"])
      #expect(try names(in: path).isEmpty)
    }
  }

  @Test func `leaves the old file alone when it does not read back as it was meant`() throws {
    try withFolder { folder in
      let path = folder + "/report.xml"
      try Samples.everyType.write(to: path)
      let old = try bytes(path)
      let wrong = try Samples.everything.xml()
      let refuse = { (written: [UInt8]) throws(JUnitError) in
        #expect(written == wrong)
        try verify(written)
      }
      #expect(throws: JUnitError.altered("1 suites became 2")) {
        try AtomicFile.replace(path, with: wrong, verify: refuse)
      }
      #expect(try bytes(path) == old)
      #expect(try names(in: folder) == ["report.xml"])
    }
  }

  @Test func `leaves the old file alone when it is too large`() throws {
    try withFolder { folder in
      let path = folder + "/report.xml"
      try Samples.everyType.write(to: path)
      let long = XMLText(String(repeating: "long ", count: 200))
      let huge = JUnitReport([make(testCases: (0..<5_000).map { _ in make(outcome: .failure(make(failure: long))) })])
      #expect(throws: JUnitError.self) { try huge.write(to: path) }
      #expect(try JUnitReader.read(try bytes(path)) == Samples.everyType)
      #expect(try names(in: folder) == ["report.xml"])
    }
  }

  @Test func `that differs from its values is found out`() throws {
    let bytes = try Samples.everyType.xml()
    let changed = String(decoding: bytes, as: UTF8.self).replacing("threadmark.Crash", with: "threadmark.TooSlow")
    #expect(
      throws: JUnitError.altered("test case threadmark.Crash of week03.bounded-buffer changed")
    ) {
      let renamed = changed.replacing(
        "name=\"threadmark.TooSlow\"", with: "name=\"threadmark.Crash\"", maxReplacements: 1)
      try verify(Array(renamed.utf8))
    }
    #expect(throws: JUnitError.altered("1 suites became 2")) { try verify(Samples.everything.xml()) }
  }

  @Test func `is a folder of files for Surefire`() throws {
    try withFolder { parent in
      let folder = parent + "/surefire"
      try Samples.everything.write(to: folder, profile: .surefire)
      try Samples.everything.write(to: folder, profile: .surefire)
      let files = ["TEST-week03.bounded-buffer.xml", "TEST-week03.empty.xml"]
      #expect(try names(in: folder) == files)
      for (file, document) in zip(files, try Samples.everything.documents(.surefire)) {
        #expect(try document.fileName == file && bytes("\(folder)/\(file)") == document.bytes)
      }
      #expect(throws: JUnitError.file(call: "mkdir", path: parent + "/a/b", number: ENOENT)) {
        try Samples.everything.write(to: parent + "/a/b", profile: .surefire)
      }
    }
  }

  /// Takes the place of a file system that gives back something else.
  private func verify(_ bytes: [UInt8]) throws(JUnitError) {
    try Rendering(Samples.everyType, profile: .default, limit: JUnitReport.sizeLimit).verify(bytes)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/threadmark-junit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
