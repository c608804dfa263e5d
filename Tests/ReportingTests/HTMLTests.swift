import Foundation
import Grading
import Testing

@testable import Reporting

struct HTMLTests {
  @Test func `pages of a class`() throws {
    let pages = HTMLReporter.pages(for: Samples.report([Samples.submission(.wrongOrder), Samples.hostileSubmission]))
    #expect(pages.map(\.path).first == "index.html")
    try expectSnapshot(pages[0].text, "index.html")
    try expectSnapshot(pages[2].text, "submission-hostile.html")
  }

  @Test func `nothing a student wrote becomes markup`() throws {
    for page in HTMLReporter.pages(for: Samples.everything) {
      #expect(!page.text.lowercased().contains("<script"))
      #expect(!page.text.unicodeScalars.contains { ($0.value < 32 && $0 != "\n") || $0 == "\u{202E}" })
      let tags = Set(page.text.matches(of: /<\/?([A-Za-z0-9]+)/).map { String($0.1) })
      let ours: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "h1", "h2", "p",
        "a",
        "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "span", "bdi", "code", "pre", "details", "summary",
      ]
      #expect(tags.subtracting(ours).isEmpty)
    }
  }

  @Test func `every link leads to a page`() throws {
    let pages = HTMLReporter.pages(for: Samples.everything)
    let links = pages[0].text.matches(of: /href="([^"]*)"/).map { String($0.1) }
    #expect(links == pages.dropFirst().map(\.path))
    #expect(links.allSatisfy { $0.wholeMatch(of: /submissions\/[A-Za-z0-9_][A-Za-z0-9_.-]*\.html/) != nil })
    #expect(pages.dropFirst().allSatisfy { $0.text.contains("href=\"../index.html\"") })
  }

  @Test func `interpolated text is escaped and markup is not`() {
    let text = "<b> & \"'"
    let bold: Markup = "<b>\(text)</b>"
    #expect(bold.html == "<b>&lt;b&gt; &amp; &quot;&#39;</b>")
    #expect(("<p>\(bold)\(3)</p>" as Markup).html == "<p>\(bold.html)3</p>")
  }

  @Test(arguments: [("light", 0), ("dark", 1)])
  func `text and paper differ enough to be read`(scheme: String, index: Int) throws {
    let blocks = HTMLStyle.sheet.html.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
    let pairs = blocks[index].matches(of: /--([a-z]+): (#[0-9a-f]{6})/).map { (String($0.1), luminance(String($0.2))) }
    let colours = Dictionary(uniqueKeysWithValues: pairs)
    for paper in ["paper", "shade"] {
      for ink in ["ink", "soft", "link", "good", "bad", "open"] {
        let (dark, light) = try (#require(colours[ink]), #require(colours[paper]))
        let contrast = (max(dark, light) + 0.05) / (min(dark, light) + 0.05)
        #expect(contrast >= 4.5, "\(scheme): \(ink) on \(paper) has \(contrast)")
      }
    }
  }

  /// The relative luminance of WCAG 2.
  private func luminance(_ colour: String) -> Double {
    let channels = [1, 3, 5].map { offset -> Double in
      let start = colour.index(colour.startIndex, offsetBy: offset)
      let value = Double(Int(colour[start...].prefix(2), radix: 16) ?? 0) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
