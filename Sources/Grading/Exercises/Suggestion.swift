/// Finds the name that somebody meant.
enum Suggestion {
  /// "Did you mean ...?" and the names there are, to follow the news that a name is unknown.
  static func advice(for name: String, among names: [String], listedAs what: String) -> String {
    let list = "\(what): \(names.joined(separator: ", "))."
    guard let best = nearest(to: name, among: names) else { return list }
    return "Did you mean \(best.quoted)? \(list)"
  }

  /// The nearest name, if it is near enough to be a slip of the pen.
  static func nearest(to name: String, among names: [String]) -> String? {
    // A name that is much longer than every candidate needs no distance.
    guard name.count <= 64 else { return nil }
    let distances = names.map { (name: $0, distance: distance(normalized(name), normalized($0))) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, min(name.count, best.name.count) / 3) ? best.name : nil
  }

  /// Letter case, hyphens and underscores are mixed up more often than letters.
  private static func normalized(_ name: String) -> [Character] {
    Array(name.lowercased().replacing("-", with: "_"))
  }

  /// How many letters are inserted, deleted, replaced or swapped with their neighbour (optimal string alignment).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var current = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          best = min(best, beforePrevious[j - 1] + 1)
        }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
