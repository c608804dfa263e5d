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
    /// Why the Python that was found doesn't start in it; absent where it does.
    var pythonProblem: String?
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
    var language: (any Language)?
    var pythonProblem: String?
    do { language = try await LanguageCatalogue.language("python", python: name) } catch { pythonProblem = "\(error)" }
    for tier in IsolationTier.allCases { tiers.append(await probe(tier, language)) }
    let best = tiers.first { $0.problem == nil }
    let bestTier = best.flatMap { IsolationTier(rawValue: $0.id) }
    let features = KernelFeatures()
    let names = ["ostype", "osrelease"].compactMap {
      try? String(contentsOfFile: "/proc/sys/kernel/\($0)", encoding: .utf8).trimmingCharacters(in: .newlines)
    }
    let topology = CPUTopology.current
    return Diagnosis(
      version: Grading.Threadmark.version,
      isFit: bestTier?.isContaining == true && language != nil && best?.pythonProblem == nil, tier: best?.id,
      lost: bestTier?.lost ?? [], tiers: tiers, capabilities: features.capabilities,
      advice: TierAdvice(features: features, best: bestTier).lines,
      python: language.map { Interpreter(path: $0.interpreter, version: $0.interpreterVersion) },
      pythonProblem: pythonProblem,
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
      if let sample = try? await Grader.spinner(cpus, number, Spinner.longSpan) {
        samples.append(min(sample.speedup, topology.usable))
      }
    }
    guard !samples.isEmpty else { return "speedup can't be measured: threads can't be pinned to CPUs" }
    let middle = String(format: "%.2f", samples.sorted()[samples.count / 2])
    return "work that is perfectly parallel gets \(middle) times on \(cpus.count) CPUs now"
  }

  private static func probe(_ tier: IsolationTier, _ language: (any Language)?) async -> Tier {
    var found = Tier(id: tier.rawValue, title: tier.title)
    do {
      let sandbox = try await Sandbox(tier: tier)
      if let language { found.pythonProblem = await problem(of: language, in: sandbox) }
    } catch { found.problem = "\(error)" }
    return found
  }

  /// A Python that only its owner may reach doesn't start where programs are other users, whatever is visible to them.
  private static func problem(of language: any Language, in sandbox: Sandbox) async -> String? {
    do {
      let container = try await sandbox.makeContainer(ContainerConfiguration(readable: language.readable))
      let command = Command(executable: language.interpreter, arguments: ["-I", "-c", "pass"])
      let result = try await container.run(command, files: [], limits: Limits(), observation: Observation())
      await container.close()
      switch result.termination {
      case .exited(0): return nil
      case .notStarted(let stage, let number): return "\(SandboxError.systemCall(stage, call: "execve", errno: number))"
      default: return "it ended at once (\(String(decoding: result.errorOutput.suffix(200), as: UTF8.self)))."
      }
    } catch { return "\(error)" }
  }
}
