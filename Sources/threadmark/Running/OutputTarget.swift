import Foundation
import Reporting

/// A file that `run` writes: probed before the command runs, written whole afterwards.
struct OutputTarget {
  let path: String

  /// Finds out whether it can be written.
  /// - Throws: `CommandFailure`.
  func prepare() throws {
    do { try OutputFile(path: path).probe() } catch { throw CommandFailure.usage("\(error)") }
  }

  /// Writes it.
  /// - Throws: `CommandFailure`.
  func write(_ bytes: [UInt8]) throws {
    do { try OutputFile(path: path).write(Data(bytes)) } catch { throw CommandFailure.machine("\(error)") }
  }
}
