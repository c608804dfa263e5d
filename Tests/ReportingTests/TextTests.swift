import Testing

@testable import Reporting

struct TextTests {
  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[1;31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{07}x", "x"), ("a\rb", #"a\u{D}b"#),
    ("a\u{202E}b", #"a\u{202E}b"#), ("zero\u{200B}width", #"zero\u{200B}width"#), ("a\nb\tc", #"a\nb\tc"#),
    ("\u{1B}]0;never ended", #"\u{1B}]0;never ended"#), ("José 漢字 👩‍👧", "José 漢字 👩‍👧"), ("\u{2028}", #"\u{2028}"#),
  ])
  func `text is shown on one line for what it is`(text: String, shown: String) {
    #expect(VisibleText(line: text).string == shown)
    #expect(VisibleText(line: shown).string == shown)
  }

  @Test func `lines stay lines, and ASCII is enough where nothing else may be used`() {
    #expect(VisibleText(lines: "a\n\tb\u{7}").string == "a\n    b\\u{7}")
    #expect(VisibleText(line: "é✓", asciiOnly: true).string == #"\u{E9}\u{2713}"#)
  }

  @Test func `width counts columns, not characters`() {
    #expect(DisplayWidth.of("漢字") == 4)
    #expect(DisplayWidth.of("e\u{301}") == 1)
    #expect(DisplayWidth.of("✓ ok") == 4)
    #expect(DisplayWidth.of("🎉") == 2)
  }

  @Test func `cut text fits and says that it was cut`() {
    #expect(TextLayout.cut("abcdef", to: 6) == "abcdef")
    #expect(TextLayout.cut("abcdefg", to: 6) == "abcde…")
    #expect(TextLayout.cut("漢字漢字", to: 6) == "漢字…")
    #expect(TextLayout.cut("abc", to: 0) == "")
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("", 5, [""]), ("a\n\nb", 5, ["a", "", "b"]),
    ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]), ("  indented words", 10, ["  indented", "  words"]),
    ("漢字漢字", 5, ["漢字", "漢字"]),
  ])
  func `text is wrapped between words`(text: String, width: Int, lines: [String]) {
    #expect(TextLayout.wrap(text, to: width) == lines)
  }

  @Test func `names of files and suites are safe, stable and different for different ids`() {
    #expect(SafeName("alice-01.py").string == "alice-01.py")
    let long = String(repeating: "x", count: 300)
    let ids = ["a b", "a_b", "a/b", "..", ".", "", "-rf", "zoë", "../../etc/passwd", "index", long]
    let names = ids.map { SafeName($0).string }
    #expect(Set(names).count == ids.count)
    for name in names {
      #expect(name.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.-]*/) != nil)
      #expect(name.utf8.count <= 80)
    }
    #expect(SafeName(SafeName("a b").string) != SafeName("a b"), "an id can't pose as another's name")
  }
}
