internal import Glibc

/// Why a report could not be written or read; never a failure of what was graded.
public enum JUnitError: Error, Sendable, Equatable {
  /// The bytes are not well-formed XML.
  case malformed(reason: String, line: Int, column: Int)
  /// There is a document type declaration, by which a file can blow up or point elsewhere; reports have none.
  case documentType(line: Int, column: Int)
  /// The document is XML and no report of ours.
  case invalid(reason: String, line: Int)
  /// The report contradicts itself: totals that don't add up, a class name that isn't its suite's name.
  case inconsistent(reason: String, line: Int)
  /// What was read back is not what was written.
  case altered(String)
  /// The report has this many bytes and may not have more than the limit.
  case tooLarge(bytes: Int, limit: Int)
  /// A function of libxml2 failed; it does so for lack of memory.
  case library(call: String)
  /// A system call on a file failed with this error number.
  case file(call: String, path: String, number: Int32)
}

extension JUnitError: CustomStringConvertible {
  /// A full sentence.
  public var description: String {
    switch self {
    case .malformed(let reason, let line, let column):
      "The report is not well-formed XML at line \(line), column \(column): \(reason)."
    case .documentType(let line, let column):
      "The report has a document type declaration at line \(line), column \(column), which reports must not have."
    case .invalid(let reason, let line): "The report does not follow the schema at line \(line): \(reason)."
    case .inconsistent(let reason, let line): "The report contradicts itself at line \(line): \(reason)."
    case .altered(let what): "The report read back is not the one that was written: \(what)."
    case .tooLarge(let bytes, let limit):
      "The report has \(bytes) bytes and may have at most \(limit); with outputs cut to nothing it is still too large."
    case .library(let call): "libxml2's \(call) failed; it does so when memory runs out."
    case .file(let call, let path, let number):
      unsafe "\(call) failed for \(path): \(String(cString: strerror(number))) (errno \(number))."
    }
  }
}
