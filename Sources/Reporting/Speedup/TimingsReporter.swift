public import Foundation
public import Grading

/// Every timed run as a line of CSV (RFC 4180), for those who want to judge by themselves.
///
/// The columns: `submission,baseline,pair,scenario,workers,seed,wall_s,cpu_s,lost_s,counts,set_aside,clock_mhz`. `pair` is 0 for runs before
/// the first pair, `lost_s` the most that others can have taken (empty where nothing tells), `counts` 1 or 0.
public enum TimingsReporter {
  /// The table, with a head line; a measurement that several checks share stands there once.
  public static func data(for report: Report) -> Data {
    var lines = ["submission,baseline,pair,scenario,workers,seed,wall_s,cpu_s,lost_s,counts,set_aside,clock_mhz"]
    for submission in report.submissions {
      var written: [SpeedupReport] = []
      for speedup in submission.checks.compactMap(\.speedup)
      where !written.contains(where: { $0.runs == speedup.runs }) {
        written.append(speedup)
        lines += speedup.runs.map { line($0, of: submission, speedup.baseline) }
      }
    }
    return Data(lines.map { $0 + "\r\n" }.joined().utf8)
  }

  private static func line(_ run: TimedRun, of submission: SubmissionReport, _ baseline: String) -> String {
    let fields = [
      submission.id, baseline, "\(run.pair)", run.scenario, "\(run.workers)", "\(run.seed)", number(run.wall),
      number(run.cpu), run.lost.map(number) ?? "", run.setAside == nil && run.pair > 0 ? "1" : "0",
      run.setAside ?? "", run.clock.map { String(format: "%.0f", $0.end) } ?? "",
    ]
    return fields.map(quoted).joined(separator: ",")
  }

  private static func number(_ value: Double) -> String { String(format: "%.6f", value) }

  /// A field that spreadsheets take as text, whatever a student's name begins with.
  private static func quoted(_ field: String) -> String {
    let isFormula = field.first.map { "=+-@\t\r".contains($0) } ?? false
    let text = isFormula ? "'" + field : field
    guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
