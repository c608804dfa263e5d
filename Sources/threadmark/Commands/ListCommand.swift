import ArgumentParser
import Foundation
import Grading
import Reporting

/// Lists the exercises that can be found.
struct ListCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the exercises: id, title, language, points.",
    discussion: """
      Examples:
        threadmark list
        threadmark list --exercises ~/course/exercises
      """)

  @OptionGroup var library: LibraryOptions

  func perform() async throws -> ExitStatus {
    let library = try library.library()
    let entries = library.entries
    guard !entries.isEmpty else { throw CommandFailure.usage(library.known) }
    var broken: [String] = []
    var exercises: [Exercise] = []
    for entry in entries {
      do { exercises.append(try Exercise.load(folder: entry.folder)) } catch { broken.append("\(error)") }
    }
    if !exercises.isEmpty { try StandardStreams.write(Self.table(exercises, style: Terminal.output.style)) }
    for problem in broken { StandardStreams.complain(problem) }
    return broken.isEmpty ? .success : .usage
  }

  private static func table(_ exercises: [Exercise], style: ConsoleStyle) -> String {
    var table = ConsoleTable(style: style, columns: ["ID", "TITLE", "LANGUAGE", "POINTS"])
    table.rightAligned = [3]
    table.narrowing = [(1, 16), (0, 16), (1, 8)]
    for exercise in exercises {
      let cells = [exercise.id, exercise.title, exercise.language, String(exercise.maximumPoints)]
      table.add(cells.map { VisibleText(line: $0, asciiOnly: style.isASCII).string })
    }
    return table.lines.map { $0 + "\n" }.joined()
  }
}
