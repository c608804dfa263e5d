/// The order in which people count: `s2` before `s10`.
enum NaturalOrder {
  /// Whether one name comes before another; a total order on bytes.
  static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if isDigit(left[i]), isDigit(right[j]) {
        let (one, other) = (number(in: left, at: &i), number(in: right, at: &j))
        if one.count != other.count { return one.count < other.count }
        if !one.elementsEqual(other) { return one.lexicographicallyPrecedes(other) }
      } else if left[i] != right[j] {
        return left[i] < right[j]
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    if left.count - i != right.count - j { return left.count - i < right.count - j }
    // The same up to leading zeros.
    return left.lexicographicallyPrecedes(right)
  }

  /// The digits from a place on, without leading zeros; numbers of any length.
  private static func number(in name: [UInt8], at index: inout Int) -> ArraySlice<UInt8> {
    let digits = name[index...].prefix(while: isDigit)
    index = digits.endIndex
    return digits.drop { $0 == UInt8(ascii: "0") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
