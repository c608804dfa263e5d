import Foundation
import Sandboxing
import Testing
import TestSupport

@Suite("What is called a deadlock", .requiresSandbox, .requiresPython)
struct DeadlockBatteryTests {
  /// Lets few programs run at a time, so that they don't starve each other.
  private actor Turns {
    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
      if free > 0 {
        free -= 1
      } else {
        await withCheckedContinuation { waiting.append($0) }
      }
    }

    func giveBack() {
      if waiting.isEmpty {
        free += 1
      } else {
        waiting.removeFirst().resume()
      }
    }
  }

  private static let turns = Turns()
  private static let repetitions =
    ProcessInfo.processInfo.environment["THREADMARK_BATTERY"].flatMap { Int($0) } ?? 1

  @Test(arguments: DeadlockProgram.all)
  func `each program gets the verdict of its folder`(_ program: DeadlockProgram) async throws {
    await Self.turns.take()
    do {
      try await check(program)
    } catch {
      await Self.turns.giveBack()
      throw error
    }
    await Self.turns.giveBack()
  }

  private func check(_ program: DeadlockProgram) async throws {
    let prepared = try program.prepare()
    var counts: [String: Int] = [:]
    for _ in 0..<Self.repetitions {
      let (verdict, result) = try await program.verdict(of: prepared)
      counts[verdict, default: 0] += 1
      #expect(
        verdict == program.verdict,
        "\(result.termination) \(String(decoding: result.errorOutput.suffix(800), as: UTF8.self))")
    }
    guard Self.repetitions > 1 else { return }
    let list = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    print("BATTERY \(program.testDescription): \(list)")
  }
}
