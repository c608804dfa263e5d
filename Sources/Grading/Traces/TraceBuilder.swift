public import Sandboxing

/// Makes the trace of an execution from what the keeper saw and what the witness said.
///
/// The witness is believed about who printed what only if its account is exact: together, the texts it reports are the
/// bytes of standard output, each as often. Then every line is whole again, also where threads tore it apart. The raw
/// output alone decides on the order wherever it can, that is, where its lines are those of the account.
public struct TraceBuilder: Sendable {
  /// What the student calls the program; shown instead of the path it was run under.
  public var programName: String?
  /// The files that the program was run with, for the lines of those that were compiled.
  public var files: [ContainerFile]

  /// A builder.
  public init(programName: String? = nil, files: [ContainerFile] = []) {
    self.programName = programName
    self.files = files
  }

  /// The trace of an execution.
  /// - Parameter result: the execution; everything its program wrote may be hostile.
  /// - Returns: the trace; never fails, whatever the bytes are.
  public func trace(of result: ExecutionResult) -> Trace {
    let view = StudentView(programName: programName)
    let output = TimedBytes(result.journal, of: .standardOutput)
    let errors = TimedBytes(result.journal, of: .standardError)
    let account = WitnessAccount(result.journal, view: view)
    let isExact = self.isExact(account, account.output, of: output.bytes, total: result.outputBytes)
    let areErrorsExact = self.isExact(account, account.errors, of: errors.bytes, total: result.errorBytes)
    var standing = account.standing(result.journal)
    standing.add(debuggersOf: result.journal, sources: files)
    let events =
      (isExact ? attributedLines(account, output: output) : output.events { .line($0) })
      + (areErrorsExact
        ? account.events.filter(\.isErrorLine).map(\.traceEvent) : errors.events { .errorLine(view.text($0)) })
      + account.events.filter(\.isException).map(\.traceEvent)
    return Trace(
      // Stable, so that what one writer did stays in its order; reports of one instant keep theirs.
      events: events.enumerated().sorted { ($0.element.time ?? 0, $0.offset) < ($1.element.time ?? 0, $1.offset) }
        .map(\.element),
      transcript: String(decoding: output.bytes, as: UTF8.self),
      errors: view.text(String(decoding: result.errorOutput, as: UTF8.self)),
      isAttributed: isExact,
      areErrorsAttributed: areErrorsExact,
      remarks: remarks(account, isExact: isExact),
      threads: account.threads,
      standing: standing)
  }

  private func isExact(_ account: WitnessAccount, _ printed: PrintedLines, of bytes: [UInt8], total: Int) -> Bool {
    guard !account.isEmpty, total == bytes.count else { return false }
    var histogram = [Int](repeating: 0, count: 256)
    for byte in bytes { histogram[Int(byte)] += 1 }
    return histogram == printed.histogram
  }

  /// The lines of an exact account, in the order of the raw output where no line of it is torn.
  private func attributedLines(_ account: WitnessAccount, output: TimedBytes) -> [TraceEvent] {
    var unclaimed: [ArraySlice<UInt8>: [WitnessAccount.Event]] = [:]
    for event in account.events.reversed() {
      if case .line(let text) = event.kind { unclaimed[text[...], default: []].append(event) }
    }
    var lines: [TraceEvent] = []
    for line in output.lines {
      guard let event = unclaimed[line.text]?.popLast() else {
        return account.events.filter(\.isLine).map(\.traceEvent)
      }
      var claimed = event.traceEvent
      claimed.time = line.time
      lines.append(claimed)
    }
    return lines
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

extension TimedBytes {
  /// The raw lines as events of which nobody knows who did them.
  fileprivate func events(_ kind: (String) -> TraceEvent.Kind) -> [TraceEvent] {
    lines.map { TraceEvent(kind(String(decoding: $0.text, as: UTF8.self)), time: $0.time) }
  }
}

extension WitnessAccount.Event {
  fileprivate var isLine: Bool { if case .line = kind { true } else { false } }
  fileprivate var isErrorLine: Bool { if case .errorLine = kind { true } else { false } }
  fileprivate var isException: Bool { if case .exception = kind { true } else { false } }

  fileprivate var traceEvent: TraceEvent {
    let kind: TraceEvent.Kind =
      switch kind {
      case .line(let text): .line(String(decoding: text, as: UTF8.self))
      case .errorLine(let text): .errorLine(String(decoding: text, as: UTF8.self))
      case .exception(let summary, let traceback): .uncaughtException(summary: summary, traceback: traceback)
      }
    return TraceEvent(kind, writer: writer, time: time, place: place)
  }
}

extension Trace {
  /// The trace of an execution.
  /// - Parameters:
  ///   - result: the execution.
  ///   - programName: what the student calls the program; shown instead of the path it was run under.
  ///   - files: the files that it was run with.
  public init(result: ExecutionResult, programName: String? = nil, files: [ContainerFile] = []) {
    self = TraceBuilder(programName: programName, files: files).trace(of: result)
  }
}
