import Foundation

/// Whether an exercise gives programs enough work, and data that nobody knows, for their speedup to be measured.
public enum SpeedupWorkload {
  /// The work must take so many times as long as starting the program does.
  static let leastRatio = 20.0

  /// What is wrong with the work of an exercise's checks of speedup, a full sentence or more; nil where nothing is.
  ///
  /// The shortest start-up that was seen counts, and the work of the programs that do it as it is meant: the exercise's own,
  /// and those that were accepted.
  /// - Parameters:
  ///   - report: of the exercise's reference submissions.
  ///   - exercise: the exercise.
  /// - Returns: what is wrong.
  public static func problem(in report: Report, of exercise: Exercise) -> String? {
    let speedups = report.submissions.flatMap { submission in
      submission.checks.compactMap(\.speedup).filter { speedup in
        let scenario = exercise.scenarios.first { $0.id == speedup.baseline }
        return !speedup.points.isEmpty && (submission.verdict == .accepted || scenario?.program != nil)
      }
    }
    guard let startUp = speedups.map(\.startUp).min(), startUp > 0 else { return nil }
    let least = speedups.min { $0.work < $1.work }
    guard let least, least.work < leastRatio * startUp else { return nil }
    let factor = leastRatio * startUp / max(least.work, startUp / 10)
    let arguments = exercise.scenarios.first { $0.id == least.baseline }?.arguments.joined(separator: " ") ?? ""
    return """
      In \(exercise.id), the work of the scenario \(least.baseline) takes \(text(max(0, least.work))) s, only \
      \(text(max(0, least.work / startUp))) times as long as starting the program (\(text(startUp)) s). A speedup measured on it is \
      mostly that of starting. Give it at least \(text(factor)) times as much work, \(text(leastRatio * startUp)) s: raise the \
      numbers in its arguments (now: \(arguments)) and in those of the scenarios that it is compared with.
      """
  }

  /// What is wrong with the data of an exercise's timed runs, a full sentence or more; nil where nothing is.
  public static func problem(in exercise: Exercise) -> String? {
    let plans = exercise.checks.compactMap { ($0.check as? SpeedupCheck)?.plan }
    let timed = Set(plans.flatMap { $0.baselines + $0.variants })
    let constant = exercise.scenarios.first { scenario in
      timed.contains(scenario.id) && !(scenario.arguments + [scenario.input]).contains { $0.contains("{seed}") }
    }
    return constant.map { scenario in
      """
      In \(exercise.id), the data of the timed scenario \(scenario.id) are the same in each run, so that a result could be \
      kept from one run to the next. Put {seed} into its arguments or its input; it becomes another number for each pair.
      """
    }
  }

  private static func text(_ value: Double) -> String { String(format: value < 10 ? "%.2g" : "%.0f", value) }
}
