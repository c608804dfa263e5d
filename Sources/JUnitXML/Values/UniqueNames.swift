/// Gives every name out once; a name that is taken gets a suffix, the same one in every run.
struct UniqueNames {
  private var taken: Set<String> = []
  private var tries: [String: Int] = [:]

  /// The name itself if it is free, else the first free one of `name + suffix(2)`, `name + suffix(3)`, ...
  ///
  /// A name that gets too long loses its end, not the suffix.
  mutating func claim(_ name: String, suffix: (Int) -> String) -> String {
    let counter = name + suffix(2)
    var candidate = name
    while !taken.insert(candidate).inserted {
      let number = tries[counter, default: 1] + 1
      tries[counter] = number
      let end = suffix(number)
      candidate = String(name.unicodeScalars.prefix(XMLText.nameLimit - end.unicodeScalars.count)) + end
    }
    return candidate
  }
}
