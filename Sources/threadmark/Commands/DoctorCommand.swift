import ArgumentParser
import Foundation
import Reporting

/// Says what this machine can and can't do.
struct DoctorCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what this machine can and can't do.",
    discussion: """
      Really runs a program in each isolation tier and asks the Python that would run submissions for its version. \
      Status 0 means that submissions can be marked here, 3 that they can't.

      Examples:
        threadmark doctor
        threadmark doctor --json | jq -r .tier
      """)

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup var python: PythonOptions

  func perform() async throws -> ExitStatus {
    let diagnosis = await Diagnosis.make(python: python.python)
    try StandardStreams.write(json ? diagnosis.json() : diagnosis.text(style: Terminal.output.style))
    return diagnosis.isFit ? .success : .failure
  }
}
