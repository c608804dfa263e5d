import Sandboxing

/// How programs without a witness come to the gate of stretched and muted runs: by a library loaded before their own.
///
/// It works for programs that are linked with the system's C library at their start and make threads through it, so for
/// C, C++ and Swift. Of others, such as statically linked ones, nothing can be said; checks then say so.
enum Gate {
  /// The library's name in the harness's folder.
  private static let fileName = "gate.so"

  /// What is put into the container; nothing where the library is missing.
  static var files: [ContainerFile] {
    GateLibrary.contents.map { [ContainerFile(path: fileName, in: .harness, contents: $0)] } ?? []
  }

  /// The environment of stretched and muted runs.
  static var environment: [String: String] {
    ["LD_PRELOAD": "\(ContainerConfiguration.harnessFolder)/\(fileName)"]
  }

  /// Whether a program would load it: a script, whose interpreter is the system's, or one linked with its C library.
  static func opens(_ program: [UInt8]) -> Bool {
    if program.starts(with: Array("#!".utf8)) { return true }
    return ELFImage(program)?.interpreter?.contains("/ld-linux") ?? false
  }
}

/// The little that is read of an executable: which program loads its libraries.
struct ELFImage {
  /// The path of the loader; nil where the program is linked statically.
  private(set) var interpreter: String?

  /// Reads the head of a 64-bit file of this machine's byte order; nil where it is none, or where it lies.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 64, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else { return nil }
    let reader = Reader(bytes: bytes)
    guard let table = reader.number(at: 32, bytes: 8), let size = reader.number(at: 54, bytes: 2),
      let count = reader.number(at: 56, bytes: 2), count <= 512
    else { return nil }
    for index in 0..<count {
      let (at, isOver) = table.addingReportingOverflow(index * size)
      guard !isOver, let kind = reader.number(at: at, bytes: 4) else { return nil }
      guard kind == 3 else { continue }  // PT_INTERP
      guard let offset = reader.number(at: at + 8, bytes: 8), let length = reader.number(at: at + 32, bytes: 8),
        length < 4096, let text = reader.bytes(at: offset, count: length)
      else { return nil }
      interpreter = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private struct Reader {
    let bytes: [UInt8]

    func bytes(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
      guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
      return bytes[offset..<(offset + count)]
    }

    func number(at offset: Int, bytes count: Int) -> Int? {
      bytes(at: offset, count: count)?.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }.asIndex
    }
  }
}

extension UInt64 {
  fileprivate var asIndex: Int? { Int(exactly: self) }
}
