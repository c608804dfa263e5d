internal import Foundation
public import Grading
internal import Glibc
internal import JUnitXML

/// Where the reports of a run of threadmark go; the only part of reporting that touches files.
public struct ReportWriter: Sendable {
  /// The file for the JSON document, if asked for.
  public var json: String?
  /// The file for the JUnit document, if asked for.
  public var junit: String?
  /// The folder for the pages, if asked for; made where only its parent exists.
  public var html: String?
  /// The file for the raw timings as CSV, if asked for.
  public var timings: String?
  /// The file for the picture of what the first submission's threads did, if asked for.
  public var timeline: String?
  /// Whether the JUnit document has the property `student.id`.
  public var includesStudentIDs: Bool

  /// A writer of the reports that have a path.
  public init(
    json: String? = nil, junit: String? = nil, html: String? = nil, timings: String? = nil,
    timeline: String? = nil, includesStudentIDs: Bool = true
  ) {
    self.json = json
    self.junit = junit
    self.html = html
    self.timings = timings
    self.timeline = timeline
    self.includesStudentIDs = includesStudentIDs
  }

  /// Finds out before anything is marked whether every report can be written.
  /// - Throws: `OutputError` for the first that cannot.
  public func prepare() throws {
    var seen: Set<URL> = []
    for path in [json, junit, timings, timeline].compactMap({ $0 }) {
      guard seen.insert(URL(filePath: path).standardized).inserted else {
        throw OutputError(path: path, reason: "cannot hold two reports")
      }
      try OutputFile(path: path).probe()
    }
    if let html {
      try makeFolder(html)
      try makeFolder(html + "/submissions")
      for page in ["/index.html", "/submissions/probe.html"] { try OutputFile(path: html + page).probe() }
    }
  }

  /// Writes the documents that are kept up to date while marking goes on: JSON and JUnit, this one without pictures.
  /// - Throws: `OutputError` or what the document's writer throws.
  public func writeDocuments(_ report: Report) throws { try writeDocuments(report, pictures: nil) }

  private func writeDocuments(_ report: Report, pictures: String?) throws {
    if let json { try OutputFile(path: json).write(JSONReporter.data(for: report)) }
    if let junit {
      let document = JUnitReporter.document(
        for: report, includesStudentIDs: includesStudentIDs, pictures: pictures)
      let file = OutputFile(path: junit)
      try file.requireRegular()
      try document.write(to: file.destination)
    }
  }

  /// Writes everything, the pages and the pictures too.
  /// - Throws: `OutputError` or what the documents' writers throw.
  public func write(_ report: Report) throws {
    try writeDocuments(report, pictures: try junit.flatMap { try writePictures(report, besides: $0) })
    if let timeline, let chart = report.timelineChart {
      try OutputFile(path: timeline).write(Data(chart.document.utf8))
    }
    if let timings { try OutputFile(path: timings).write(TimingsReporter.data(for: report)) }
    guard let html else { return }
    for page in HTMLReporter.pages(for: report).reversed() {
      try OutputFile(path: "\(html)/\(page.path)").write(Data(page.text.utf8))
    }
  }

  /// Writes the pictures that a JUnit document refers to, in a folder beside it.
  /// - Returns: the folder's name; nil where there are no pictures.
  private func writePictures(_ report: Report, besides document: String) throws -> String? {
    let pictures = Pictures.files(for: report)
    guard !pictures.isEmpty else { return nil }
    let folder = Pictures.folder(forDocument: document)
    let path = URL(filePath: document).deletingLastPathComponent().path(percentEncoded: false) + folder
    try makeFolder(path)
    for picture in pictures { try OutputFile(path: "\(path)/\(picture.name)").write(Data(picture.svg.utf8)) }
    return folder
  }

  private func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) != 0 else { return }
    let failure = errno
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if failure == EEXIST, exists, isFolder.boolValue { return }
    throw OutputError(path: path, failed: "made", errno: failure)
  }
}
