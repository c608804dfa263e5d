/// A submission's id as the name of a file or a suite: only letters, digits, `_`, `.` and `-`.
///
/// The name depends on the id alone, so that it stays the same whoever else is in the class: an id that has to be
/// changed gets a hash of the original at its end, so that no two ids share a name.
public struct SafeName: Sendable, Hashable {
  /// The name.
  public let string: String

  private static let longest = 80

  /// The safe name of an id.
  public init(_ id: String) {
    let mapped = String(id.unicodeScalars.map { Self.isAllowed($0) ? Character($0) : "_" })
    let startsWell = mapped.first.map { $0 != "." && $0 != "-" } ?? false
    if mapped == id, startsWell, mapped.count <= Self.longest, !Self.looksHashed(mapped) {
      string = mapped
    } else {
      let stem = mapped.drop { $0 == "." || $0 == "-" }.prefix(Self.longest - 9)
      string = (stem.isEmpty ? "_" : stem) + "-" + Self.hash(id)
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
    default: false
    }
  }

  /// Whether an id already ends like the names made here; it is hashed too, so that it cannot pose as another's name.
  private static func looksHashed(_ name: String) -> Bool {
    let tail = name.suffix(9)
    return tail.count == 9 && tail.first == "-" && tail.dropFirst().allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  /// FNV-1a, 32 bits, in eight hexadecimal digits.
  private static func hash(_ id: String) -> String {
    let value = id.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
