import ArgumentParser
import Foundation

/// Makes the folder of a new exercise.
struct NewCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make the folder of a new exercise, ready to be changed.",
    discussion: """
      The folder holds an exercise.yaml, a statement, a starter and a reference submission for two verdicts; it passes \
      threadmark verify as it is. Change it step by step, and verify it after each.

      Examples:
        threadmark new bounded-buffer
        threadmark new bounded-buffer --title "A bounded buffer"
      """)

  @Argument(help: "The exercise's id: lower-case letters, digits and hyphens.")
  var id: String

  @Option(help: ArgumentHelp("What it is called. Default: the id in words.", valueName: "title"))
  var title: String?

  @Option(help: ArgumentHelp("The folder that it is made in.", valueName: "folder"))
  var exercises = "exercises"

  func validate() throws {
    guard id.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,63}/) != nil else {
      throw ValidationError("\(id) is no id. Use lower-case letters, digits and hyphens, a letter or digit first.")
    }
    if let title, title.isEmpty || title.contains(where: \.isNewline) {
      throw ValidationError("A title is one line of text.")
    }
  }

  func perform() async throws -> ExitStatus {
    let folder = "\(exercises)/\(id)"
    let words = id.replacing("-", with: " ")
    let scaffold = ExerciseScaffold(title: title ?? words.prefix(1).uppercased() + words.dropFirst())
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw CommandFailure.usage("There is something at \(folder) already.")
    }
    do { try scaffold.write(to: folder) } catch {
      throw CommandFailure.usage("\(folder) cannot be made: \(error.localizedDescription)")
    }
    try StandardStreams.write(
      """
      Made \(folder):
      \(scaffold.files.map { "  \($0.path)\n" }.joined())
      Next: change exercise.yaml and the programs, then run

        threadmark verify \(folder)

      """)
    return .success
  }
}
