import Foundation
import Grading
import Sandboxing

/// What this machine can and can't do, as `doctor` found it.
struct Diagnosis: Codable, Equatable {
  /// The version of the document's shape.
  var schemaVersion = 1
  /// The version of threadmark.
  var version: String
  /// Whether submissions can be marked here.
  var isFit: Bool
  /// The tier that runs are contained by; absent where there is none.
  var tier: String?
  /// What is lost against stronger tiers, in words.
  var lost: [String]
  /// All tiers, the strongest first.
  var tiers: [Tier]
  /// What the kernel and the surroundings offer, one thing each.
  var capabilities: [Capability]
  /// What to do, or to type, to get the next stronger tier; empty where there is none.
  var advice: [String]
  /// What would run Python programs; absent where there is nothing.
  var python: Interpreter?
  /// Why there is no Python; absent where there is one.
  var pythonProblem: String?
  /// The kernel's name and release.
  var kernel: String
  /// How many CPUs threadmark may use.
  var cpus: Int
  /// On how many cores they are: two hyperthreads of one core are not two CPUs.
  var cores: Int
  /// How many CPUs' worth of time a control group's quota allows; absent without one.
  var cpuQuota: Double?
  /// What of speedup can be measured here, a sentence.
  var speedup: String

  /// A tier and whether it can be had.
  struct Tier: Codable, Equatable {
    /// Its letter.
    var id: String
    /// It in words.
    var title: String
    /// Why it can't be had here; absent where it can.
    var problem: String?
  }

  /// Something that containing or watching runs is made of.
  struct Capability: Codable, Equatable {
    /// What it is.
    var name: String
    /// Whether it is there.
    var isThere: Bool
    /// The version, or what follows from its absence.
    var detail: String
  }

  /// A program that runs submissions.
  struct Interpreter: Codable, Equatable {
    /// Its path.
    var path: String
    /// Its version.
    var version: String
  }

  /// Finds out, by running a program in every tier and by asking Python.
  static func make(python name: String?) async -> Diagnosis {
    var tiers: [Tier] = []
    for tier in IsolationTier.allCases { tiers.append(await probe(tier)) }
    let best = IsolationTier.allCases.first { tier in tiers.contains { $0.id == tier.rawValue && $0.problem == nil } }
    let features = KernelFeatures()
    var python: Interpreter?
    var pythonProblem: String?
    do {
      let language = try await LanguageCatalogue.language("python", python: name)
      python = Interpreter(path: language.interpreter, version: language.interpreterVersion)
    } catch { pythonProblem = "\(error)" }
    let names = ["ostype", "osrelease"].compactMap {
      try? String(contentsOfFile: "/proc/sys/kernel/\($0)", encoding: .utf8).trimmingCharacters(in: .newlines)
    }
    let topology = CPUTopology.current
    return Diagnosis(
      version: Grading.Threadmark.version, isFit: best?.isContaining == true && python != nil, tier: best?.rawValue,
      lost: best?.lost ?? [], tiers: tiers, capabilities: features.capabilities,
      advice: TierAdvice(features: features, best: best).lines, python: python, pythonProblem: pythonProblem,
      kernel: names.joined(separator: " "), cpus: topology.cpus.count, cores: topology.cores.count,
      cpuQuota: topology.quota, speedup: await speedup(on: topology))
  }

  /// What the CPUs give now to work that is perfectly parallel.
  private static func speedup(on topology: CPUTopology) async -> String {
    let cpus = topology.cpus
    if cpus.count < 2 { return "speedup by computing can't be measured: there is only one CPU" }
    if topology.usable < 1.5 { return "speedup by computing can't be measured: the quota is less than 1.5 CPUs" }
    var samples: [Double] = []
    for number in 0..<5 {
      if let sample = try? await Grader.spinner(cpus, number) { samples.append(min(sample.speedup, topology.usable)) }
    }
    guard !samples.isEmpty else { return "speedup can't be measured: threads can't be pinned to CPUs" }
    let middle = String(format: "%.2f", samples.sorted()[samples.count / 2])
    return "work that is perfectly parallel gets \(middle) times on \(cpus.count) CPUs now"
  }

  private static func probe(_ tier: IsolationTier) async -> Tier {
    var problem: String?
    do { _ = try await Sandbox(tier: tier) } catch { problem = "\(error)" }
    return Tier(id: tier.rawValue, title: tier.title, problem: problem)
  }
}
