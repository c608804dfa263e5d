import Foundation
import Sandboxing

extension SpeedupSession {
  /// Why this machine can't show a speedup at all.
  func unfitMachine() -> String? {
    guard plan.kind == .cpu else { return nil }
    if topology.cpus.count < 2 { return "A speedup can't be shown here: there is only one usable CPU." }
    if topology.usable < 1.5 {
      return "A speedup can't be shown here: the control group allows only \(Self.text(topology.usable)) CPUs."
    }
    return nil
  }

  /// Times an empty program, for what is taken off every run.
  func measureStartUp(_ state: inout State) async throws {
    for _ in 0..<3 {
      guard let run = try await surroundings.runEmpty() else { return }
      let line = timed(run, pair: 0, scenario: TimedRun.startUp, workers: 1, seed: 0, in: state.measurement)
      state.used += line.wall
      state.measurement.runs.append(line)
    }
    state.startUp = TimedRun.startUp(in: state.measurement.runs)
    state.measurement.startUp = state.startUp?.undisturbed ?? 0
  }

  /// Finds out what the CPUs give.
  ///
  /// Where the first samples scatter they are taken again, and all later ones, with more work each: over so short a time
  /// neighbours do more to them than to any run, and what the CPUs give and how much it scatters would both be misjudged.
  func calibrate(_ state: inout State) async throws {
    guard plan.kind == .cpu else { return }
    for _ in 0..<SpeedupMeasurement.firstSamples { try await spin(&state) }
    let cost = 2 * Double(SpeedupMeasurement.firstSamples) * (Spinner.longSpan / .seconds(1))
    guard !state.measurement.isSteady, cost <= Self.mostCalibration * plan.budget else { return }
    state.span = Spinner.longSpan
    state.measurement.attainable = []
    for id in plan.variants { state.measurement.evidence[id] = SpeedupEvidence() }
    for _ in 0..<SpeedupMeasurement.firstSamples { try await spin(&state) }
  }

  /// The part of the budget that longer samples before the first pair may take.
  private static let mostCalibration = 0.2

  /// Takes one sample of what the CPUs give.
  func spin(_ state: inout State) async throws {
    let sample = try await surroundings.spin(cpus, state.spins, state.span)
    state.spins += 1
    state.used += sample.alone + sample.together
    // A quota may not have stopped so short a sample yet.
    state.measurement.attainable.append(min(sample.speedup, topology.usable))
    for id in plan.variants { state.measurement.evidence[id]?.add(control: sample.speedup) }
  }

  private static func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
