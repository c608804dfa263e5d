import Testing

@testable import Grading

struct ExcerptTests {
  @Test func `a short text is kept as it is, decoded leniently`() {
    #expect(Excerpt.text(Array("Zoë\n".utf8) + [0xff], without: 0) == "Zoë\n\u{fffd}")
    #expect(Excerpt.text([], without: 0) == "")
  }

  @Test func `of a long text the beginning and the end are kept`() {
    let text = Excerpt.text(Array(repeating: UInt8(ascii: "a"), count: 100_000) + Array("end".utf8), without: 5)
    #expect(text.hasPrefix(String(repeating: "a", count: 32_768) + "\n[... 34467 bytes left out ...]\naaa"))
    #expect(text.hasSuffix("aend\n[... 5 more bytes were not kept]\n"))
    #expect(text.utf8.count < Excerpt.maximumSize + 200)
  }

  @Test(arguments: 0..<4)
  func `a character that a cut splits is left out`(shift: Int) {
    let text = String(repeating: "a", count: shift) + String(repeating: "👍", count: 50_000)
    #expect(!Excerpt.text(Array(text.utf8), without: 0).unicodeScalars.contains("\u{fffd}"))
  }
}
