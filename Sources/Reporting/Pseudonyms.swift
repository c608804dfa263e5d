public import Grading

/// Numbers in place of the ids of submissions, for reports that leave the teacher's hands.
public struct Pseudonyms: Sendable {
  private let names: [String: String]

  /// Names each submission by its place among these ids, such as `submission-07`.
  public init(ids: [String]) {
    let digits = String(ids.count).count
    let named = ids.enumerated().map { index, id in
      let number = String(index + 1)
      return (id, "submission-" + String(repeating: "0", count: digits - number.count) + number)
    }
    names = Dictionary(named) { first, _ in first }
  }

  /// The report under these names, in their order; an id that has none becomes `submission`.
  public func applied(to report: Report) -> Report {
    var copy = report
    copy.submissions = report.submissions.map { submission in
      var copy = submission
      copy.id = names[submission.id] ?? "submission"
      return copy
    }
    return copy
  }
}
