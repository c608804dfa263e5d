public import Foundation
public import Grading

/// A report as one JSON document that reads back as the same report.
///
/// The document is an object: `schemaVersion` (1) beside the fields of `Report`, nested as there, under the names they have
/// there. Keys are sorted, absent values are left out, times are in seconds, and `started` is an instant in UTC with
/// milliseconds, such as `2026-03-05T10:11:12.345Z`. Within one schema version fields are added, never renamed or removed.
public enum JSONReporter {
  /// The version of the document's shape.
  public static let schemaVersion = 1

  /// A document that this version cannot read.
  public struct UnknownSchema: Error, Equatable, CustomStringConvertible {
    /// The version that the document says it has.
    public let version: Int

    /// A full sentence.
    public var description: String {
      "The report has schema version \(version); this threadmark reads version \(JSONReporter.schemaVersion)."
    }
  }

  /// The document, ending in a line end.
  /// - Throws: `EncodingError` for a duration that is not a number.
  public static func data(for report: Report) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(Instant.text(date))
    }
    return try encoder.encode(Document(report: report)) + Data("\n".utf8)
  }

  /// The report that a document holds.
  /// - Throws: `UnknownSchema`, or `DecodingError` for what is not such a document.
  public static func report(from data: Data) throws -> Report {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      guard let date = Instant.date(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is no instant of ISO 8601.")
      }
      return date
    }
    return try decoder.decode(Document.self, from: data).report
  }

  /// The report's own fields with the version beside them.
  private struct Document: Codable {
    let report: Report

    private enum CodingKeys: CodingKey {
      case schemaVersion
    }

    init(report: Report) {
      self.report = report
    }

    init(from decoder: any Decoder) throws {
      let version = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .schemaVersion)
      guard version == JSONReporter.schemaVersion else { throw UnknownSchema(version: version) }
      report = try Report(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(JSONReporter.schemaVersion, forKey: .schemaVersion)
    }
  }
}
