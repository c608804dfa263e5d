public import Sandboxing

/// Makes the trace of an execution from what the keeper saw and what the witness said.
///
/// The witness is believed about who printed what only if its account is exact: together, the texts it reports are the
/// bytes of standard output, each as often. Then every line is whole again, also where threads tore it apart. The raw
/// output alone decides on the order wherever it can, that is, where its lines are those of the account.
public struct TraceBuilder: Sendable {
  /// What the student calls the program; shown instead of the path it was run under.
  public var programName: String?

  /// A builder.
  public init(programName: String? = nil) {
    self.programName = programName
  }

  /// The trace of an execution.
  /// - Parameter result: the execution; everything its program wrote may be hostile.
  /// - Returns: the trace; never fails, whatever the bytes are.
  public func trace(of result: ExecutionResult) -> Trace {
    let view = StudentView(programName: programName)
    let output = TimedBytes(result.journal, of: .standardOutput)
    let account = WitnessAccount(result.journal, view: view)
    let isExact = isExact(account, output: output.bytes, total: result.outputBytes)
    let events =
      isExact
      ? attributedEvents(account, output: output)
      : output.lines.map { TraceEvent(.line(String(decoding: $0.text, as: UTF8.self)), time: $0.time) }
        + account.events.filter { !$0.isLine }.map(\.traceEvent)
    return Trace(
      // Stable, so that what one writer did stays in its order; reports of one instant keep theirs.
      events: events.enumerated().sorted { ($0.element.time ?? 0, $0.offset) < ($1.element.time ?? 0, $1.offset) }
        .map(\.element),
      transcript: String(decoding: output.bytes, as: UTF8.self),
      errors: view.text(String(decoding: result.errorOutput, as: UTF8.self)),
      isAttributed: isExact,
      remarks: remarks(account, isExact: isExact),
      threads: account.threads)
  }

  private func isExact(_ account: WitnessAccount, output: [UInt8], total: Int) -> Bool {
    guard !account.isEmpty, total == output.count else { return false }
    var histogram = [Int](repeating: 0, count: 256)
    for byte in output { histogram[Int(byte)] += 1 }
    return histogram == account.histogram
  }

  /// The lines of an exact account, in the order of the raw output where no line of it is torn.
  private func attributedEvents(_ account: WitnessAccount, output: TimedBytes) -> [TraceEvent] {
    var unclaimed: [ArraySlice<UInt8>: [WitnessAccount.Event]] = [:]
    for event in account.events.reversed() {
      if case .line(let text) = event.kind { unclaimed[text[...], default: []].append(event) }
    }
    var lines: [TraceEvent] = []
    for line in output.lines {
      guard let event = unclaimed[line.text]?.popLast() else { return account.events.map(\.traceEvent) }
      var claimed = event.traceEvent
      claimed.time = line.time
      lines.append(claimed)
    }
    return lines + account.events.filter { !$0.isLine }.map(\.traceEvent)
  }

  private func remarks(_ account: WitnessAccount, isExact: Bool) -> [String] {
    guard !account.isEmpty || account.malformed > 0 else { return [] }
    var remarks: [String] = []
    if account.malformed > 0 {
      remarks.append("The witness was disturbed: \(account.malformed) of its records were none.")
    }
    if account.isCut { remarks.append("The witness said more than is read.") }
    if !isExact {
      remarks.append("Not all of the output came through Python's own print, so it is not known who printed what.")
    }
    return remarks
  }
}

extension WitnessAccount.Event {
  fileprivate var isLine: Bool { if case .line = kind { true } else { false } }

  fileprivate var traceEvent: TraceEvent {
    switch kind {
    case .line(let text): TraceEvent(.line(String(decoding: text, as: UTF8.self)), writer: writer, time: time)
    case .exception(let summary, let traceback):
      TraceEvent(.uncaughtException(summary: summary, traceback: traceback), writer: writer, time: time)
    }
  }
}

extension Trace {
  /// The trace of an execution.
  /// - Parameters:
  ///   - result: the execution.
  ///   - programName: what the student calls the program; shown instead of the path it was run under.
  public init(result: ExecutionResult, programName: String? = nil) {
    self = TraceBuilder(programName: programName).trace(of: result)
  }
}
