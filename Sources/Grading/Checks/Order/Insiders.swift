/// Who is inside a section while its enter and leave events go by.
///
/// With a capture that says who, each may enter several times and is inside until it has left as often; who left before
/// entering owes an entry, as where a consumer's line overtakes the producer's. Without one, nothing but the number of
/// entries not yet left is known.
struct Insiders {
  private let by: String?
  private var entries: [EventValue?: [OrderTranscript.Event]] = [:]
  /// How often each left without having entered.
  private var debts: [EventValue?: Int] = [:]
  /// How many are inside: different ones, or entries where nobody knows whose they are.
  private(set) var count = 0

  /// Nobody is inside.
  init(by: String?) {
    self.by = by
  }

  /// Whether who enters or leaves here is known and inside.
  func contains(_ event: OrderTranscript.Event) -> Bool {
    by != nil && !(entries[event.values[by]] ?? []).isEmpty
  }

  /// Takes an enter event.
  mutating func enter(_ event: OrderTranscript.Event) {
    let who = event.values[by]
    if let debt = debts[who], debt > 0 {
      debts[who] = debt - 1
      return
    }
    if !contains(event) { count += 1 }
    entries[who, default: []].append(event)
  }

  /// Takes a leave event.
  /// - Returns: whether who leaves was inside.
  @discardableResult
  mutating func leave(_ event: OrderTranscript.Event) -> Bool {
    let who = event.values[by]
    guard entries[who]?.popLast() != nil else {
      debts[who, default: 0] += 1
      return false
    }
    if !contains(event) { count -= 1 }
    return true
  }

  /// The entries of the others inside, each one's first, in the order of printing.
  func others(than event: OrderTranscript.Event) -> [OrderTranscript.Event] {
    guard let by else { return entries[nil] ?? [] }
    return entries.filter { $0.key != event.values[by] }.compactMap(\.value.first).sorted { $0.order < $1.order }
  }
}
