import Glibc
import JUnitXML
import Testing

@Suite struct `Numbers in the document` {
  @Test(.requiresDecimalComma) func `have a point also where the locale has a comma`() throws {
    let here = try Samples.everything.xml()
    let comma = try #require(DecimalComma.locale())
    let before = uselocale(comma)
    defer {
      uselocale(before)
      freelocale(comma)
    }
    try #require(DecimalComma.isInForce)
    #expect(try Samples.everything.xml() == here)
    #expect(try JUnitReader.read(here) == Samples.everything)
  }
}

/// A locale of this machine that writes one and a half as 1,5; it is set for one thread only.
enum DecimalComma {
  static func locale() -> locale_t? {
    let names: [String] = ["de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8"]
    return names.lazy.compactMap { newlocale(1 << LC_NUMERIC, $0, nil) }.first
  }

  static var isInForce: Bool {
    localeconv().pointee.decimal_point.map { String(cString: $0) } == ","
  }

  static let isInstalled: Bool = {
    guard let locale = locale() else { return false }
    freelocale(locale)
    return true
  }()
}

extension Trait where Self == ConditionTrait {
  static var requiresDecimalComma: Self {
    .enabled(if: DecimalComma.isInstalled, "no locale with a decimal comma is installed (de_DE, fr_FR or es_ES, UTF-8)")
  }
}
