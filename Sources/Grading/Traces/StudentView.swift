import Sandboxing

/// Shows text of the interpreter as a student would see it at home.
///
/// The program goes by the name of the student's file, not by the neutral one it is run under, and lines of a traceback
/// that only lead through the witness are gone.
struct StudentView {
  /// What the student calls the program; nil leaves its path as it is.
  var programName: String?

  /// The text for the student.
  func text(_ text: String) -> String {
    guard text.contains("/threadmark") else { return text }
    // In tier D the container's folders lie below one with a random name; a student sees the names of every tier.
    let text = text.replacing(/\/[^\s"']*\/threadmark-[A-Za-z0-9]{6}\/(harness|work)\//) { match in
      match.output.1 == "work" ? "\(ContainerConfiguration.workFolder)/" : "\(ContainerConfiguration.harnessFolder)/"
    }
    guard text.contains(ContainerConfiguration.harnessFolder) else { return text }
    return withoutWitness(text).replacing(Witness.programPath, with: programName ?? Witness.programPath)
  }

  /// A wait whose line is named as the student names it.
  func standing(_ wait: Standing.Wait) -> Standing.Wait {
    var shown = wait
    shown.place?.file = shownFile(wait.place?.file ?? "")
    return shown
  }

  /// A lock whose line is named as the student names it.
  func standing(_ hold: Standing.Hold) -> Standing.Hold {
    var shown = hold
    shown.place?.file = shownFile(hold.place?.file ?? "")
    return shown
  }

  private func shownFile(_ path: String) -> String {
    let shown = text(path)
    let folder = "\(ContainerConfiguration.workFolder)/"
    return shown.hasPrefix(folder) ? String(shown.dropFirst(folder.count)) : shown
  }

  private func withoutWitness(_ text: String) -> String {
    let witness = "\"\(ContainerConfiguration.harnessFolder)/\(Witness.fileName)\""
    guard text.contains(witness) else { return text }
    var isInWitness = false
    // A frame is a line `  File "...", line 1, in name`, then lines that are indented more.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.hasPrefix("  File ") {
        isInWitness = line.contains(witness)
      } else if !line.hasPrefix("    ") {
        isInWitness = false
      }
      return !isInWitness
    }
    return lines.joined(separator: "\n")
  }
}
