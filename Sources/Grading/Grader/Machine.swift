import Foundation
public import Sandboxing

extension Report.Machine {
  /// This machine.
  /// - Parameters:
  ///   - tier: what contains the runs.
  ///   - language: what runs the submissions.
  public init(tier: IsolationTier, language: any Language) {
    self.init(
      tier: tier.rawValue, tierTitle: tier.title, interpreter: language.interpreter,
      interpreterVersion: language.interpreterVersion, kernel: Self.kernel,
      cpus: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The kernel's name and release, such as `Linux 6.8.0`.
  private static var kernel: String {
    ["ostype", "osrelease"].compactMap { try? String(contentsOfFile: "/proc/sys/kernel/\($0)", encoding: .utf8) }
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .joined(separator: " ")
  }
}
