/// What an event captured, by name; under `writer` also who wrote it, where that is known and no capture has that name.
struct EventValues: Sendable {
  private let context: Context
  private let values: [EventValue]
  private let writer: Int

  /// What all events of one form share.
  final class Context: Sendable {
    let names: [String]
    let writers: [EventValue]

    init(names: [String], writers: [EventValue]) {
      self.names = names
      self.writers = writers
    }
  }

  /// What one event captured.
  init(context: Context, values: [EventValue], writer: Int?) {
    self.context = context
    self.values = values
    self.writer = writer ?? -1
  }

  /// The value of a capture; nil where there is none of that name.
  subscript(name: String) -> EventValue? {
    // A handful of short names is found faster so than in a dictionary.
    for index in values.indices where context.names[index] == name { return values[index] }
    return name == EventForm.writer && writer >= 0 ? context.writers[writer] : nil
  }
}
