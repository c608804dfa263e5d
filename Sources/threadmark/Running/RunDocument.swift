import Foundation
import Sandboxing

/// The result of `run`: one JSON document; sizes are bytes, times are seconds, what cannot be known is left out.
struct RunDocument: Codable, Equatable {
  /// The version of the document's shape.
  var schemaVersion = 1
  /// The executable's path and the arguments.
  var command: [String]
  /// How it ended.
  var termination: Termination
  /// What it used, all its processes together.
  var usage: Usage
  /// Standard output.
  var output: Stream
  /// Standard error.
  var errorOutput: Stream
  /// Processes that were still alive when the program had ended by itself.
  var leftovers: [Leftover]
  /// The isolation tier that contained it.
  var tier: String

  /// Times, memory, threads and processes.
  struct Usage: Codable, Equatable {
    var wallSeconds: Double
    var userSeconds: Double
    var systemSeconds: Double
    /// User and system together.
    var cpuSeconds: Double
    var peakMemoryBytes: Int
    /// Threads born beside the main thread of each process.
    var threadsBorn: Int?
    /// Processes born beside the first.
    var processesBorn: Int?
    /// The most threads of all processes alive at one time.
    var peakTasks: Int
    /// Births refused at the limit of `--tasks` or `--processes`.
    var birthsRefused: Int
  }

  /// What came on a stream.
  struct Stream: Codable, Equatable {
    /// All bytes, also those that were not kept.
    var bytes: Int
    /// The first 64 KiB, decoded as UTF-8; absent where they went elsewhere.
    var text: String?
    /// Whether `text` is not all of it.
    var isCut: Bool?
    /// The last bytes past the output limit, at most 4 KiB; absent where there are none.
    var tail: String?
  }

  /// A process that outlived the program.
  struct Leftover: Codable, Equatable {
    var pid: Int
    var name: String
  }

  init(_ result: ExecutionResult, of command: Command, includesOutput: Bool, includesErrors: Bool) {
    self.command = [command.executable] + command.arguments
    termination = Termination(result.termination)
    usage = Usage(result.usage)
    output = Stream(bytes: result.outputBytes, kept: includesOutput ? result.output : nil, tail: result.outputTail)
    errorOutput = Stream(
      bytes: result.errorBytes, kept: includesErrors ? result.errorOutput : nil, tail: result.errorTail)
    leftovers = result.leftovers.map { Leftover(pid: $0.pid, name: $0.name) }
    tier = result.tier.rawValue
  }

  /// The document, ending in a line end.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

extension RunDocument.Stream {
  fileprivate init(bytes: Int, kept: [UInt8]?, tail: [UInt8]) {
    self.bytes = bytes
    guard let kept else { return }
    let shown = kept.prefix(64 << 10)
    text = String(decoding: shown, as: UTF8.self)
    isCut = shown.count < bytes
    if !tail.isEmpty { self.tail = String(decoding: tail, as: UTF8.self) }
  }
}

extension RunDocument.Usage {
  fileprivate init(_ usage: ResourceUsage) {
    self.init(
      wallSeconds: usage.wallTime.seconds, userSeconds: usage.userTime.seconds,
      systemSeconds: usage.systemTime.seconds, cpuSeconds: (usage.userTime + usage.systemTime).seconds,
      peakMemoryBytes: usage.peakMemory, threadsBorn: usage.threadsBorn, processesBorn: usage.processesBorn,
      peakTasks: usage.peakTasks, birthsRefused: usage.birthsRefused)
  }
}

extension Duration {
  /// In seconds, to the microsecond.
  fileprivate var seconds: Double { ((self / .microseconds(1)).rounded()) / 1_000_000 }
}
