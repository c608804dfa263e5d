import Testing

@testable import JUnitXML

@Suite struct `Long text` {
  @Test func `of 64 KiB is kept whole`() {
    let text = String(repeating: "x", count: XMLText.outputLimit)
    #expect(XMLText.output(text).value == text)
  }

  @Test func `over 64 KiB keeps head and tail and says how much is gone`() throws {
    let text = "BEGIN" + String(repeating: "x", count: 100_000) + "END"
    let output = XMLText.output(text).value
    #expect(output.utf8.count <= XMLText.outputLimit)
    #expect(output.utf8.count > XMLText.outputLimit - 64)
    #expect(output.hasPrefix("BEGINx"))
    #expect(output.hasSuffix("xEND"))
    let kept = output.count { "xBEGIND".contains($0) }
    #expect(output.contains("x\n... \(text.count - kept) bytes cut here ...\nx"))
  }

  @Test func `is cut between characters`() {
    let text = String(repeating: "😀", count: 20_000)
    let output = XMLText.output(decoding: Array(text.utf8))
    #expect(output.value.utf8.count <= XMLText.outputLimit)
    #expect(!output.value.contains("\u{FFFD}"))
    #expect(output.value.hasPrefix("😀") && output.value.hasSuffix("😀"))
  }

  @Test(arguments: [1 << 10, 32 << 10])
  func `that is cut again counts what was cut before`(limit: Int) {
    let text = XMLText(String(repeating: "line\n", count: 100_000))
    let twice = text.cut(toBytes: XMLText.outputLimit).cut(toBytes: limit)
    #expect(twice.value.utf8.count <= limit)
    let kept = twice.value.utf8.count - "\n... 123456 bytes cut here ...\n".utf8.count
    #expect(cutCount(twice) + kept == 500_000)
    #expect(twice.cut(toBytes: limit) == twice)
  }

  @Test func `cut to nothing still says so`() {
    let text = XMLText(String(repeating: "x", count: 100))
    #expect(text.cut(toBytes: 0).value == "... 100 bytes cut here ...")
    #expect(text.cut(toBytes: 0).cut(toBytes: 0) == text.cut(toBytes: 0))
  }

  @Test(arguments: [
    Change("a\n  b\t\n\n c ", "a b c"),
    Change("a  b\tc", "a  b c"),
    Change("\n\n", ""),
    Change("a\u{2028}b", "a b"),
    Change("", ""),
  ])
  func `is folded onto one line`(change: Change) {
    #expect(XMLText(decoding: change.bytes).oneLine().value == change.expected)
  }

  @Test func `on one line loses its middle, since points stand at the end`() {
    let line = XMLText(String(repeating: "é", count: 5_000) + " [3/5 points]").oneLine()
    #expect(line.value.unicodeScalars.count == XMLText.messageLimit)
    #expect(line.value.contains("é…é"))
    #expect(line.value.hasSuffix(" [3/5 points]"))
  }

  private func cutCount(_ text: XMLText) -> Int {
    let notice = text.value.split(separator: "\n").first { $0.hasPrefix("... ") }
    return notice.flatMap { Int($0.dropFirst(4).prefix { $0.isNumber }) } ?? 0
  }
}
