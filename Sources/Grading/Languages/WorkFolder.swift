import Sandboxing

/// A student's files as they are laid out in the container's work folder, under their own names.
struct WorkFolder {
  private(set) var files: [ContainerFile] = []
  private(set) var notes: [String] = []

  init(files submitted: [SubmittedFile]) {
    for file in submitted {
      if let path = file.textPath {
        files.append(ContainerFile(path: path, contents: file.contents, isExecutable: file.isExecutable))
      } else {
        notes.append("\(file.visiblePath) was left out: its name is not UTF-8.")
      }
    }
  }

  /// The absolute path of a submission's folder in the container.
  static func path(of folder: ArraySlice<UInt8>) -> String {
    let root = ContainerConfiguration.workFolder
    guard !folder.isEmpty, let text = String(validating: folder, as: UTF8.self) else { return root }
    return "\(root)/\(text)"
  }
}
