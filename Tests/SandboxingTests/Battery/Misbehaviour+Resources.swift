import Glibc
import Sandboxing

extension Misbehaviour {
  /// Those that print more, or other things, than anybody expects.
  static let outputs: [Misbehaviour] = [
    .init(program: "output_flood", termination: .outputLimit),
    .init(program: "error_flood", termination: .outputLimit),
    .init(program: "answers_then_floods", termination: .outputLimit),
    .init(program: "odd_output"),
  ]

  /// Those that use more memory than they may, wherever they keep it.
  static let resources: [Misbehaviour] = [
    .init(program: "memory_hog", termination: .memoryLimit),
    .init(program: "memory_grows", termination: .memoryLimit),
    .init(program: "memory_shared_out", limits: patient, termination: .memoryLimit),
    .init(program: "memory_in_shared_mappings", limits: brief(.seconds(20)), termination: .memoryLimit),
    .init(program: "memory_in_files", termination: .exited(1)),
    .init(program: "memory_in_segments", output: "contained\n"),
    .init(
      program: "memory_in_channels", limits: Limits(wallTime: .seconds(60), openFiles: 256), output: "contained\n"),
    .init(program: "keeps_descriptors_on_their_way", output: "sent\n"),
  ]

  /// Those that write more than they may, or what is hard to remove.
  static let files: [Misbehaviour] = [
    .init(program: "file_too_large", termination: .fileSizeLimit),
    .init(program: "reserves_the_disk", termination: .fileSizeLimit),
    .init(
      program: "fills_the_disk", endsOtherwise: [.ownUser: .diskSpaceLimit, .light: .diskSpaceLimit]),
    .init(program: "many_files", output: "done\n"),
    .init(program: "deep_tree"),
    .init(program: "odd_paths", output: "done\n", build: CProgram()),
    .init(program: "leaves_objects", output: "done\n"),
    .init(program: "finds_objects", output: "clean\n"),
  ]

  /// What a compiler is given to take all of something; it makes processes of its own, and tells of what ends those.
  static let compilations: [Misbehaviour] = [
    bomb("time", Limits(wallTime: .seconds(60), cpuTime: .milliseconds(500)), .cpuTimeLimit),
    bomb("output", patient, .outputLimit),
    bomb("memory", patient, .memoryLimit),
    bomb("object", patient, .exited(1)),
    bomb("device", patient, .memoryLimit),
  ]

  private static func bomb(_ kind: String, _ limits: Limits, _ termination: TerminationStatus) -> Misbehaviour {
    .init(
      program: "compile_bombs", arguments: [kind], limits: limits, termination: termination, leavesProcesses: nil,
      tool: "/usr/bin/gcc")
  }
}
