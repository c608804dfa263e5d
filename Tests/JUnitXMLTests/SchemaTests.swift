import Foundation
import Testing

@testable import JUnitXML

@Suite struct `The document against schemas of the tools that read it` {
  @Test(
    .requiresSchemas,
    arguments: [
      (.default, "jenkins-junit-10.xsd"),
      (.ant, "jenkins-junit-9.xsd"), (.ant, "jenkins-junit-10.xsd"), (.ant, "windyroad-JUnit.xsd"),
      (.surefire, "jenkins-junit-10.xsd"), (.surefire, "surefire-test-report-3.0.xsd"),
      (.surefire, "surefire-test-report-3.0.1.xsd"), (.surefire, "surefire-test-report-3.0.2.xsd"),
    ] as [(Profile, String)])
  func `is valid in the profiles that are meant for them`(profile: Profile, schema: String) throws {
    let schema = try XMLSchema(try Schemas.bytes(schema))
    for document in try Samples.all.flatMap({ try $0.documents(profile) }) {
      try schema.validate(try XMLDocument(document.bytes))
    }
  }

  @Test(
    .requiresSchemas,
    arguments: [(.default, "windyroad-JUnit.xsd"), (.default, "surefire-test-report-3.0.2.xsd")] as [(Profile, String)])
  func `is not valid in every profile, which is why there are three`(profile: Profile, schema: String) throws {
    let schema = try XMLSchema(try Schemas.bytes(schema))
    let document = try XMLDocument(try Samples.everything.documents(profile)[0].bytes)
    #expect(throws: JUnitError.self) { try schema.validate(document) }
  }

  @Test(.requiresSchemas) func `is not valid for Jenkins when something is wrong with it`() throws {
    let schema = try XMLSchema(try Schemas.bytes("jenkins-junit-10.xsd"))
    let text = String(decoding: try Samples.everything.xml(), as: UTF8.self)
    let changed = text.replacing("<skipped ", with: "<ignored ").replacing("</skipped>", with: "</ignored>")
    #expect(throws: JUnitError.self) { try schema.validate(try XMLDocument(Array(changed.utf8))) }
  }
}

@Suite struct `A schema` {
  @Test func `that is broken says on which line`() {
    let text = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="a" type="missing"/>
      </xs:schema>
      """
    let error = #expect(throws: JUnitError.self) { _ = try XMLSchema(Array(text.utf8)) }
    guard case .invalid(let reason, 2) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("missing"))
  }

  @Test func `can be used by many threads at once`() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { try JUnitReader.read(try Samples.everything.xml()) == Samples.everything }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test func `names every type of failure`() throws {
    _ = try Samples.everyType.xml()
  }
}

/// The schemas of other tools, which lie beside the package and are no part of it.
enum Schemas {
  /// `../shared/schemas` seen from the package, unless `THREADMARK_SCHEMAS` names another folder; nil when there is
  /// none.
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["THREADMARK_SCHEMAS"].map { URL(fileURLWithPath: $0) }
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
    let folder = named ?? root.appendingPathComponent("../shared/schemas").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: try #require(folder).appendingPathComponent(name)))
  }
}

extension Trait where Self == ConditionTrait {
  static var requiresSchemas: Self {
    .enabled(
      if: Schemas.folder != nil,
      "the schemas of other tools are neither in ../shared/schemas nor where THREADMARK_SCHEMAS says")
  }
}
