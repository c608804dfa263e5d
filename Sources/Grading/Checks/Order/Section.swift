/// A section that something enters and leaves: what rules on critical sections share.
public struct Section: Sendable, Equatable {
  /// The event that is printed inside, at the beginning.
  public var enter: String
  /// The event that is printed inside, at the end.
  public var leave: String
  /// The capture that says who is inside; nil where nobody knows.
  public var by: String?
  /// The capture that says which section it is.
  public var per: String?

  /// A section.
  public init(enter: String, leave: String, by: String? = nil, per: String? = nil) {
    self.enter = enter
    self.leave = leave
    self.by = by
    self.per = per
  }

  /// What a rule on it speaks of.
  var subjects: [OrderSubject] { [OrderSubject(enter, [by, per]), OrderSubject(leave, [by, per])] }

  /// The events of each section, apart by `per`.
  func groups(in transcript: OrderTranscript) -> [OrderGroup] { transcript.groups([enter, leave], per: per) }

  /// The index of the form whose events enter.
  func entryForm(in transcript: OrderTranscript) -> Int? { transcript.forms.firstIndex { $0.name == enter } }
}
