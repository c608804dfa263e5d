/// What the threads of one run did as time went by, as much of it as can be drawn.
///
/// Times are in seconds since the program's start. Names and texts are student data. Whatever ran, a timeline is small: at most
/// `mostLanes` lanes with at most `TimelineScale.columns` bars and as many dots each.
public struct Timeline: Sendable, Equatable, Codable {
  /// The scenario that was run.
  public var scenario: String
  /// Which repetition of it, from 1.
  public var attempt: Int
  /// Whether threadmark held its threads at their start, so that those that can be alive together were.
  public var isStretched: Bool
  /// How long the run took.
  public var duration: Double
  /// What ended the run, such as `deadlock`; empty where the program ended by itself.
  public var ending: String
  /// Whether nothing could move any more at its end.
  public var isDeadlock: Bool
  /// How time lies on the axis.
  public var scale: TimelineScale
  /// One for each thread, grouped by processes, both in the order in which they began.
  public var lanes: [Lane]
  /// How many threads there were beside those that have a lane.
  public var leftOut: Int

  /// More would not be legible.
  public static let mostLanes = 24

  /// One thread, or the lines of which it is not known who printed them.
  public struct Lane: Sendable, Equatable, Codable {
    /// Its process; 0 for lines of unknown origin.
    public var process: Int
    /// The process's name.
    public var processName: String
    /// The thread's name, or what it is.
    public var name: String
    /// When it began.
    public var began: Double
    /// When it ended, or the run did.
    public var ended: Double
    /// What it did, in order; bars do not overlap.
    public var bars: [Bar]
    /// The lines that it printed, in order.
    public var lines: [Line]
    /// What it was doing at the end of a run that was ended for it, such as `waits for the lock "a"`.
    public var atEnd: String?

    /// A lane.
    public init(
      process: Int, processName: String, name: String, began: Double, ended: Double, bars: [Bar] = [],
      lines: [Line] = [], atEnd: String? = nil
    ) {
      self.process = process
      self.processName = processName
      self.name = name
      self.began = began
      self.ended = ended
      self.bars = bars
      self.lines = lines
      self.atEnd = atEnd
    }
  }

  /// What a thread did for a while.
  public struct Bar: Sendable, Equatable, Codable {
    /// From when on.
    public var from: Double
    /// Until when.
    public var to: Double
    /// What it did.
    public var state: State
    /// What it waited for, in a word or two, such as `lock or join`; empty unless it waited.
    public var what: String

    /// A bar.
    public init(from: Double, to: Double, state: State, what: String = "") {
      self.from = from
      self.to = to
      self.state = state
      self.what = what
    }
  }

  /// What a thread can be seen to do.
  public enum State: String, Sendable, Codable, CaseIterable {
    /// It ran, or had only to be given a CPU.
    case running
    /// It waited for another thread, or for something from outside.
    case waiting
    /// It slept for a time that it chose.
    case sleeping
    /// A signal had stopped it.
    case stopped
    /// Threadmark held it at its start.
    case held
    /// It lived, and was not looked at.
    case unseen
  }

  /// A line that was printed, with those that came too soon after it to be drawn by themselves.
  public struct Line: Sendable, Equatable, Codable {
    /// When it arrived.
    public var time: Double
    /// Its text; long ones are cut.
    public var text: String
    /// How many lines this stands for, itself included.
    public var count: Int
    /// Which line of the counter-example it is, from 1.
    public var mark: Int?

    /// A line.
    public init(time: Double, text: String, count: Int = 1, mark: Int? = nil) {
      self.time = time
      self.text = text
      self.count = count
      self.mark = mark
    }
  }

  /// A timeline.
  public init(
    scenario: String, attempt: Int = 1, isStretched: Bool = false, duration: Double, ending: String = "",
    isDeadlock: Bool = false, scale: TimelineScale, lanes: [Lane], leftOut: Int = 0
  ) {
    self.scenario = scenario
    self.attempt = attempt
    self.isStretched = isStretched
    self.duration = duration
    self.ending = ending
    self.isDeadlock = isDeadlock
    self.scale = scale
    self.lanes = lanes
    self.leftOut = leftOut
  }
}

extension Timeline {
  /// Whether another timeline is one of the same run.
  public func isOfSameRun(as other: Timeline) -> Bool {
    (scenario, attempt, isStretched) == (other.scenario, other.attempt, other.isStretched)
  }
}

extension CheckReport {
  /// The finding that the timeline shows: the first with lines that can be marked in the same run, else the first.
  public var shownFinding: Finding? {
    findings.first { !$0.counterExample.isEmpty && $0.attempt == findings.first?.attempt } ?? findings.first
  }
}

extension SubmissionReport {
  /// The check whose timeline shows the run that the verdict rests on; nil where nothing was run.
  public var timelineCheck: CheckReport? {
    let drawn = checks.filter { $0.timeline != nil }
    return drawn.first { $0.findings.contains { $0.verdict == verdict } } ?? drawn.first
  }
}
