import Foundation
import Grading

extension Report {
  /// The report with every text made harmless, so that no page or table can forget to.
  func visible(asciiOnly: Bool = false) -> Report {
    let visible = ReportTexts(asciiOnly: asciiOnly)
    var copy = self
    copy.version = visible.line(version)
    copy.exercise = visible.line(exercise)
    copy.title = visible.line(title)
    copy.machine = Machine(
      tier: visible.line(machine.tier), tierTitle: visible.line(machine.tierTitle),
      interpreter: visible.line(machine.interpreter), interpreterVersion: visible.line(machine.interpreterVersion),
      kernel: visible.line(machine.kernel), cpus: machine.cpus)
    copy.submissions = submissions.map(visible.submission)
    return copy
  }
}

/// Makes the texts of each part of a report harmless.
private struct ReportTexts {
  let asciiOnly: Bool

  func line(_ text: String) -> String { VisibleText(line: text, asciiOnly: asciiOnly).string }

  func lines(_ text: String) -> String { VisibleText(lines: text, asciiOnly: asciiOnly).string }

  func submission(_ submission: SubmissionReport) -> SubmissionReport {
    var copy = submission
    copy.id = line(submission.id)
    copy.checks = submission.checks.map(check)
    copy.notes = submission.notes.map(lines)
    return copy
  }

  func check(_ check: CheckReport) -> CheckReport {
    var copy = check
    copy.id = line(check.id)
    copy.title = line(check.title)
    copy.kind = line(check.kind)
    copy.findings = check.findings.map(finding)
    copy.evidence = check.evidence.map(lines)
    copy.output = lines(check.output)
    copy.errors = lines(check.errors)
    copy.timeline = check.timeline.map(timeline)
    return copy
  }

  func timeline(_ timeline: Timeline) -> Timeline {
    var copy = timeline
    copy.scenario = line(timeline.scenario)
    copy.lanes = timeline.lanes.map { lane in
      var copy = lane
      copy.name = line(lane.name)
      copy.processName = line(lane.processName)
      copy.atEnd = lane.atEnd.map(line)
      for index in copy.lines.indices { copy.lines[index].text = line(copy.lines[index].text) }
      return copy
    }
    return copy
  }

  func finding(_ finding: Finding) -> Finding {
    var copy = finding
    copy.message = line(finding.message)
    copy.details = lines(finding.details)
    copy.counterExample = finding.counterExample.map {
      Finding.Line(number: $0.number, text: line($0.text), writer: $0.writer.map(line))
    }
    return copy
  }
}
