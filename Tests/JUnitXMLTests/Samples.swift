import JUnitXML

/// Reports that together use everything the document has.
enum Samples {
  /// One of each outcome, with everything that can stand beside it.
  static let everything = JUnitReport([
    make(
      properties: [
        Property("threadmark.version", "1.0.0"), Property("run.started", "2026-03-05T10:11:12.345Z"),
        Property("note", "two\nlines,\ta tab & <\"quotes'>"),
      ],
      testCases: [
        make(), failed, flaky, rerun, sometimes, error, skipped,
        make(case: "prints <&\"'> é 😀", systemOut: "just output", systemErr: "and errors\n"),
      ],
      systemOut: "of the suite", systemErr: "\n"),
    make(suite: "week03.empty", hostname: "lab-7", testCases: []),
  ])

  static let failed = make(
    case: "no-lost-item", outcome: .failure(make(failure: "1 of 2 lost [1/2 points]", details: "line 1\n  line 2\n")),
    attachments: ["artifacts/timeline.svg", "artifacts/é & <x>.svg"].compactMap(Attachment.init(relativePath:)),
    systemOut: "\noutput ]]> <![CDATA[ &amp; ]]>", systemErr: "Traceback\n")

  static let flaky = make(
    case: "flaky", outcome: .passed(flakyFailures: attempts),
    attachments: ["a.svg"].compactMap(Attachment.init(relativePath:)))

  static let rerun = make(case: "speedup-2x", outcome: .failure(Failure(.tooSlow, "1.1x"), rerunFailures: attempts))

  static let sometimes = make(
    case: "sometimes", outcome: .failure(Failure(.deadlock, "2 of 20 attempts"), flakyFailures: attempts))

  static let error = make(
    case: "sandbox", outcome: .error(Explanation("clone failed", details: "EPERM")), systemErr: "dmesg")

  static let skipped = make(case: "speedup", outcome: .skipped(Explanation("only one CPU")))

  static let attempts = [
    FailedAttempt(Failure(.wrongOrder, "\"b\" came before <a>", details: "b\na"), systemOut: "b\na\n", systemErr: "x"),
    FailedAttempt(Failure(.timeLimit, "10 s")),
  ]

  /// A test case for every type of failure.
  static let everyType = JUnitReport([
    make(testCases: FailureType.allCases.map { make(case: XMLText($0.rawValue), outcome: .failure(Failure($0, "x"))) })
  ])

  /// All of them, the hostile ones too.
  static let all = [everything, everyType, JUnitReport([])] + hostile.map(report(everywhere:))

  /// Text that programs print to break reports.
  static let hostile: [[UInt8]] = [
    Array("\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{7}".utf8),
    Array("nul \0, escape \u{1B}, delete \u{7F}, next line \u{85}, \u{FFFE} \u{FFFF} \u{1FFFF}".utf8),
    [0x61, 0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF, 0xFF, 0xFE, 0xC0, 0xAF, 0xF4, 0x90, 0x80, 0x80, 0xE2, 0x82],
    Array("]]> <![CDATA[x]]> &#0; &lt; &nonsense; <!-- --> <?xml?> <!DOCTYPE x [<!ENTITY a 'b'>]>".utf8),
    Array("</system-out></testcase><testcase name=\"forged\" classname=\"x\" time=\"0\"/>".utf8),
    Array("[[ATTACHMENT|/etc/passwd]]\n[[PROPERTY|points=100]]\n[[[ATTACHMENT|x]]".utf8),
    Array("\u{301}combining \r\n dos \r mac \n\n\t tab \u{2028} \u{2029} \u{FEFF} \u{202E}".utf8),
    Array("\n\n\n".utf8), Array(" ".utf8), [], [0],
  ]

  /// A report with the same hostile text in every place that takes text.
  static func report(everywhere bytes: [UInt8]) -> JUnitReport {
    let text = XMLText(decoding: bytes)
    let explanation = Explanation(text, details: text)
    let failure = Failure(.crash, explanation)
    let attempt = FailedAttempt(failure, systemOut: text, systemErr: text)
    let outcomes: [Outcome] = [
      .passed(flakyFailures: [attempt]), .failure(failure, rerunFailures: [attempt], flakyFailures: [attempt]),
      .error(explanation), .skipped(explanation),
    ]
    let testCases = outcomes.map {
      make(
        case: text, outcome: $0, attachments: ["a.svg"].compactMap(Attachment.init(relativePath:)), systemOut: text,
        systemErr: text)
    }
    let suite = make(
      suite: text.value, hostname: text, properties: [Property(text, text)], testCases: testCases, systemOut: text,
      systemErr: text)
    return JUnitReport([suite])
  }
}
