import Sandboxing

extension Misbehaviour {
  /// Those that try to get at what is not theirs.
  static let doors: [Misbehaviour] =
    [
      .init(program: "opens_kernel_settings", output: "contained\n"),
      .init(program: "reads_secrets", output: "contained\n"),
      .init(program: "leaves_its_root", output: "contained\n"),
      .init(program: "opens_sockets", output: "contained\n"),
      .init(program: "kernel_doors", limits: patient, output: "contained\n", build: CProgram()),
      .init(program: "holds_leases", output: "contained\n"),
      .init(program: "raises_its_limits", output: "contained\n"),
      .init(program: "forges_a_verdict", output: "contained\n", printsOtherwise: witnessIsOpen),
    ] + foreign

  /// Anybody may write to the witness's channel; no points hang on it.
  private static let witnessIsOpen = [
    IsolationTier.cgroup: "wrote to /threadmark/witness\ncontained\n",
    .namespaces: "wrote to /threadmark/witness\ncontained\n",
  ]

  #if arch(x86_64)
    private static let foreign: [Misbehaviour] = [
      .init(program: "foreign_calls", termination: .disallowedCall, build: CProgram()),
      .init(program: "foreign_calls", arguments: ["x32"], termination: .disallowedCall, build: CProgram()),
    ]
  #else
    private static let foreign: [Misbehaviour] = []
  #endif

  /// Those that must work as they do outside.
  static let others: [Misbehaviour] = [
    .init(program: "talks_to_itself", output: "pair served\n"),
    .init(program: "uses_what_it_may", output: "thread\npython3\n"),
    .init(
      program: "lists_what_it_inherits",
      output: "descriptors [0, 1, 2]\nvariables []\nblocked  capabilities \nno new privileges 1\n"),
    .init(
      program: "sanitized_race", arguments: ["clean"], output: "done\n", build: CProgram(sanitizer: .thread)),
    .init(
      program: "sanitized_race", arguments: ["race"], termination: .exited(66), build: CProgram(sanitizer: .thread)),
    .init(
      program: "sanitized_race", arguments: ["clean"], output: "done\n", build: CProgram(sanitizer: .address)),
    .init(
      program: "sanitized_race", arguments: ["overflow"], termination: .exited(1),
      build: CProgram(sanitizer: .address)),
  ]
}
