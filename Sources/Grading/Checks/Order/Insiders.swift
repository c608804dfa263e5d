/// Who is inside a section while its enter and leave events go by.
///
/// With a capture that says who, each may enter several times and is inside until it has left as often; who left before
/// entering owes an entry, as where a consumer's line overtakes the producer's. Without one, nothing but the number of
/// entries not yet left is known.
struct Insiders {
  private let by: String?
  /// How often each has entered more than left, and its first entry; with a capture.
  private var stays: [EventValue?: Stay] = [:]
  /// The entries not yet left; without a capture.
  private var entries: [OrderTranscript.Event] = []
  /// How often somebody left without having entered; without a capture.
  private var debt = 0
  /// How many are inside: different ones, or entries where nobody knows whose they are.
  private(set) var count = 0

  private struct Stay {
    var depth: Int
    var entry: OrderTranscript.Event
  }

  /// Nobody is inside.
  init(by: String?) {
    self.by = by
  }

  /// Whether who enters or leaves here is known and inside.
  func contains(_ event: OrderTranscript.Event) -> Bool { by != nil && stays[event.values[by]]?.depth ?? 0 > 0 }

  /// Takes an enter event.
  mutating func enter(_ event: OrderTranscript.Event) {
    if by != nil {
      change(event, by: 1)
    } else if debt > 0 {
      debt -= 1
    } else {
      entries.append(event)
      count += 1
    }
  }

  /// Takes a leave event.
  /// - Returns: whether who leaves was inside.
  @discardableResult
  mutating func leave(_ event: OrderTranscript.Event) -> Bool {
    if by != nil { return change(event, by: -1) > 0 }
    guard entries.popLast() != nil else {
      debt += 1
      return false
    }
    count -= 1
    return true
  }

  /// Changes how deep somebody is inside.
  /// - Returns: how deep it was before.
  @discardableResult
  private mutating func change(_ event: OrderTranscript.Event, by change: Int) -> Int {
    var stay = stays[event.values[by]] ?? Stay(depth: 0, entry: event)
    let before = stay.depth
    stay.depth += change
    if before == 0 { stay.entry = event }
    if before <= 0, stay.depth > 0 { count += 1 }
    if before > 0, stay.depth <= 0 { count -= 1 }
    stays[event.values[by]] = stay
    return before
  }

  /// The entries of the others inside, each one's first, in the order of printing.
  func others(than event: OrderTranscript.Event) -> [OrderTranscript.Event] {
    guard by != nil else { return entries }
    return stays.filter { $0.key != event.values[by] && $0.value.depth > 0 }.map(\.value.entry)
      .sorted { $0.order < $1.order }
  }
}
