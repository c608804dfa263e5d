import Sandboxing

/// Finds the program among a submission's files.
///
/// It is the file with the exercise's name for it, best at the top; else the only file of the language; else the only
/// file there is.
struct ProgramChoice {
  let entry: String
  let extensions: [String]

  /// The submission that a folder's files make.
  func submission(_ files: SubmissionFiles, id: String) throws(SubmissionProblem) -> Submission {
    let index = try index(in: files)
    var others = files.files
    let program = others.remove(at: index)
    var notes = files.refused.map { path, kind in
      "\(String(visible: path)) was left out: \(SafeFileError.notAFile(kind))."
    }
    if !program.name.elementsEqual(entry.utf8) {
      notes.append("There is no file \(entry); \(program.visiblePath) was run as the program.")
    }
    return Submission(id: id, program: program, otherFiles: others, notes: notes)
  }

  private func index(in files: SubmissionFiles) throws(SubmissionProblem) -> Int {
    let name = Array(entry.utf8)
    if let refused = files.refused.first(where: { $0.path == name }) {
      throw SubmissionProblem(.notAFile(refused.kind), visiblePath: entry)
    }
    let all = files.files
    if let index = all.firstIndex(where: { $0.path == name }) { return index }
    if let index = try only(in: all, where: { $0.name.elementsEqual(name) }) { return index }
    if let index = try only(in: all, where: { isOfLanguage($0) }) { return index }
    if all.count == 1 { return 0 }
    if files.folders.contains(name) { throw .notARegularFile(entry, what: "a folder") }
    throw .missing(entry: entry, found: all.map(\.visiblePath))
  }

  private func only(
    in files: [SubmittedFile], where isCandidate: (SubmittedFile) -> Bool
  ) throws(SubmissionProblem) -> Int? {
    let candidates = files.indices.filter { isCandidate(files[$0]) }
    guard candidates.count > 1 else { return candidates.first }
    throw .ambiguous(entry: entry, candidates: candidates.map { files[$0].visiblePath })
  }

  private func isOfLanguage(_ file: SubmittedFile) -> Bool {
    extensions.contains { suffix in
      let ending = Array(".\(suffix)".utf8)
      return file.name.count > ending.count && file.name.suffix(ending.count).elementsEqual(ending)
    }
  }
}
