import JUnitXML
import Testing

@Suite struct `Text that enters a report` {
  @Test(arguments: [
    Change("plain, with a\ttab and a\nline", "plain, with a\ttab and a\nline"),
    Change("\u{1B}[31mred\u{1B}[0m", "red"),
    Change("\u{1B}[38;2;1;2;3mred\u{1B}[?25l", "red"),
    Change("\u{1B}]8;;http://x\u{7}link\u{1B}]8;;\u{1B}\\ end", "link end"),
    Change("\u{1B}Pq#0\u{1B}\\picture", "picture"),
    Change("\u{1B}(Bset \u{1B}7saved", "set saved"),
    Change("\u{9B}31mred \u{9D}0;title\u{9C}end", "red end"),
  ])
  func `is rid of terminal sequences`(change: Change) {
    #expect(XMLText(decoding: change.bytes).value == change.expected)
  }

  @Test(arguments: [
    Change("\u{1B}", "\\u{1B}"),
    Change("\u{1B}[31", "\\u{1B}[31"),
    Change("\u{1B}]0;never ended\nall the rest", "\\u{1B}]0;never ended\nall the rest"),
    Change("\u{1B}]0;never ended\nbut kept\u{7}", "\\u{1B}]0;never ended\nbut kept\\u{7}"),
    Change("\u{1B}\u{1B}[0m[31m", "\\u{1B}[31m"),
    Change("nul\0 bell\u{7} delete\u{7F} next\u{85}", "nul\\u{0} bell\\u{7} delete\\u{7F} next\\u{85}"),
    Change("dos\r\nmac\runix\n\r", "dos\nmac\\u{D}unix\n\\u{D}"),
  ])
  func `shows every other control character`(change: Change) {
    #expect(XMLText(decoding: change.bytes).value == change.expected)
  }

  @Test(arguments: [
    Change([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
    Change([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    Change([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
    Change([0xE2, 0x82], "\u{FFFD}"),
    Change([0xEF, 0xBF, 0xBE, 0xEF, 0xBF, 0xBF], "\u{FFFD}\u{FFFD}"),
    Change([0xEF, 0xBB, 0xBF, 0x61], "\u{FEFF}a"),
    Change([0xF0, 0x9F, 0x98, 0x80], "\u{1F600}"),
  ])
  func `replaces what XML or UTF-8 does not allow`(change: Change) {
    #expect(XMLText(decoding: change.bytes).value == change.expected)
  }

  @Test(arguments: [
    Change("[[ATTACHMENT|/etc/passwd]]", "[ [ATTACHMENT|/etc/passwd]]"),
    Change("[[[PROPERTY|a=b]]", "[[ [PROPERTY|a=b]]"),
    Change("[[attachment|a]] [[Property|b]]", "[ [attachment|a]] [ [Property|b]]"),
    Change("[\u{1B}[0m[ATTACHMENT|a]]", "[ [ATTACHMENT|a]]"),
    Change("[[1, 2]] [[ATTACHMENT", "[[1, 2]] [[ATTACHMENT"),
    Change("é[[ATTACHMENT|é", "é[ [ATTACHMENT|é"),
  ])
  func `cannot give readers instructions`(change: Change) {
    #expect(XMLText(decoding: change.bytes).value == change.expected)
  }

  @Test func `is changed only once`() {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "\u{1B}", "[", "]", "0m", "ATTACHMENT|", "\r", "\n", "\u{9B}", "\u{7}", "\\", "é", "\u{FFFE}", "\0", "P",
    ]
    for _ in 0..<2_000 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let once = XMLText(text)
      #expect(XMLText(once.value) == once, "\(text.unicodeScalars.map(\.value))")
      #expect(XMLText(once.oneLine().value).oneLine() == once.oneLine())
    }
  }

  @Test func `is also made safe as a literal with something in it`() {
    let name = "[ATTACHMENT|\u{1B}[1m"
    let text: XMLText = "[\(name)"
    #expect(text.value == "[ [ATTACHMENT|")
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A text and what becomes of it; test logs show it escaped.
struct Change: Sendable, CustomTestStringConvertible {
  var bytes: [UInt8]
  var expected: String

  init(_ text: String, _ expected: String) {
    self.init(Array(text.utf8), expected)
  }

  init(_ bytes: [UInt8], _ expected: String) {
    self.bytes = bytes
    self.expected = expected
  }

  var testDescription: String { expected.debugDescription }
}
