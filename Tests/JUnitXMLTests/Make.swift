import Foundation
import JUnitXML

/// The moment that most reports of these tests began at: 2026-03-05T10:11:12Z.
let started = Timestamp(Date(timeIntervalSince1970: 1_772_705_472))

func make(
  case name: XMLText = "no-lost-wakeup", time: ElapsedTime = 4.125, outcome: Outcome = .passed,
  attachments: [Attachment] = [], systemOut: XMLText = "", systemErr: XMLText = ""
) -> TestCase {
  TestCase(
    name, time: time, outcome: outcome, attachments: attachments, systemOut: systemOut, systemErr: systemErr)
}

func make(
  suite name: String = "week03.bounded-buffer", timestamp: Timestamp = started, hostname: XMLText = "localhost",
  properties: [Property] = [Property("threadmark.version", "1.0.0")], testCases: [TestCase] = [make()],
  systemOut: XMLText = "", systemErr: XMLText = ""
) -> TestSuite {
  TestSuite(
    name, timestamp: timestamp, hostname: hostname, properties: properties, testCases: testCases,
    systemOut: systemOut, systemErr: systemErr)
}

func make(report testCases: TestCase...) -> JUnitReport {
  JUnitReport([make(testCases: testCases)])
}

func make(failure message: XMLText = "2 of 10 items were lost [3/5 points]", details: XMLText = "") -> Failure {
  Failure(.assertionFailed, message, details: details)
}
