import Sandboxing

extension Exercise {
  /// The program that a scenario runs where that is not the student's.
  func program(of scenario: Scenario, language: any Language) -> Program? {
    guard let name = scenario.program, let contents = programs[name] else { return nil }
    let file = SubmittedFile(path: name, contents: contents, isExecutable: true)
    return language.prepare(Submission(id: id, program: file)).with(given)
  }
}

extension Program {
  /// The program with the exercise's own files beside it, instead of files of the same names.
  func with(_ given: [String: [UInt8]]) -> Program {
    var program = self
    let root = ContainerConfiguration.workFolder
    let folder = workingDirectory == root ? "" : "\(workingDirectory.dropFirst(root.count + 1))/"
    for (name, contents) in given.sorted(by: { $0.key < $1.key }) {
      let path = folder + name
      program.files.removeAll { $0.folder == .work && $0.path == path }
      program.files.append(ContainerFile(path: path, contents: contents))
    }
    return program
  }
}

extension Scenario {
  /// What `{seed}` can stand for.
  public static let seeds = 100_000...999_999

  /// How many workers it has.
  public var workerCount: Int { workers ?? 1 }

  /// The scenario with this number in the place of each `{seed}` of its arguments and its input.
  func with(seed: Int) -> Scenario {
    var scenario = self
    scenario.arguments = arguments.map { $0.replacing("{seed}", with: "\(seed)") }
    scenario.input = input.replacing("{seed}", with: "\(seed)")
    return scenario
  }

  /// The seed of a run that is not timed: the same every time, so that the same submission gets the same marks.
  static func plainSeed(attempt: Int) -> Int { seeds.lowerBound + attempt }
}
