import Foundation
import Grading
import TestSupport
import Testing

@testable import Reporting

struct FilesTests {
  private let temporary: TemporaryFolder
  private var folder: String { temporary.path }

  init() throws {
    temporary = try TemporaryFolder()
  }

  @Test func `everything that was asked for is written`() throws {
    let writer = ReportWriter(json: folder + "/r.json", junit: folder + "/r.xml", html: folder + "/pages")
    try writer.prepare()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pages"])
    try writer.write(Samples.everything)
    let data = try Data(contentsOf: URL(filePath: folder + "/r.json"))
    #expect(try JSONReporter.report(from: data) == Samples.everything)
    #expect(FileManager.default.fileExists(atPath: folder + "/pages/index.html"))
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder + "/pages/submissions")
    #expect(pages.count == Samples.everything.submissions.count)
    #expect(pages.allSatisfy { $0.hasSuffix(".html") && !$0.hasPrefix(".") })
  }

  @Test func `a file is replaced whole, through the link that leads to it, and nothing is left beside it`() throws {
    try Data("old".utf8).write(to: URL(filePath: folder + "/real"))
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "real")
    try OutputFile(path: folder + "/link").write(Data("new".utf8))
    #expect(try String(contentsOf: URL(filePath: folder + "/real"), encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "real")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["link", "real"])
  }

  @Test func `what cannot be written is refused before anything is marked`() throws {
    try FileManager.default.createDirectory(atPath: folder + "/dir", withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: folder + "/file"))
    let reasons = [
      folder + "/missing/r.json": "its folder does not exist", folder + "/dir": "is a folder, not a file",
      "/dev/null": "is not a regular file", folder + "/file/r.json": "its folder does not exist",
      "/proc/r.json": "cannot be written",
    ]
    for (path, reason) in reasons {
      let error = try #require(throws: OutputError.self) { try ReportWriter(json: path).prepare() }
      #expect(error.description.contains(reason), "\(error)")
    }
    #expect(throws: OutputError.self) { try ReportWriter(html: self.folder + "/file").prepare() }
    #expect(throws: OutputError.self) { try ReportWriter(html: self.folder + "/missing/pages").prepare() }
    #expect(throws: OutputError.self) {
      try ReportWriter(json: self.folder + "/same", junit: self.folder + "/./same").prepare()
    }
  }

  @Test func `numbers stand for ids, and stay the same while more are marked`() {
    let report = Samples.everything
    let pseudonyms = Pseudonyms(ids: report.submissions.map(\.id))
    let whole = pseudonyms.applied(to: report)
    #expect(whole.submissions.map(\.id).first == "submission-01")
    #expect(Set(whole.submissions.map(\.id)).count == report.submissions.count)
    var part = report
    part.submissions = Array(report.submissions.suffix(3))
    #expect(pseudonyms.applied(to: part).submissions == whole.submissions.suffix(3))
  }
}
