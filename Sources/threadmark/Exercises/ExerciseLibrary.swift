import Foundation
import Grading

/// The exercises that can be found by their ids: folders with an `exercise.yaml` in a few well-known places.
struct ExerciseLibrary {
  /// The folders that hold exercises, the nearest first.
  let roots: [String]

  /// A folder of exercises and the id that an exercise in it goes by.
  struct Entry: Equatable {
    let id: String
    let folder: String
  }

  /// The exercises of these folders only.
  init(roots: [String]) {
    self.roots = roots
  }

  /// The exercises of the first place that is given: a folder, the folders of `THREADMARK_EXERCISES`, or the folders
  /// named `exercises` that surround the current folder and threadmark's own executable.
  /// - Throws: `CommandFailure` when the given folder does not exist.
  init(folder: String?, environment: [String: String], currentFolder: String, executable: String) throws {
    if let folder {
      guard Folder.exists(folder) else { throw CommandFailure.usage("There is no folder of exercises \(folder).") }
      roots = [Folder.absolute(folder, in: currentFolder)]
    } else if let list = environment["THREADMARK_EXERCISES"], !list.isEmpty {
      roots = list.split(separator: ":").map { Folder.absolute(String($0), in: currentFolder) }
    } else {
      let starts = [currentFolder, (executable as NSString).deletingLastPathComponent]
      var seen: Set<String> = []
      roots = starts.flatMap(Folder.ancestors).map { $0 == "/" ? "/exercises" : "\($0)/exercises" }
        .filter { seen.insert($0).inserted && Folder.exists($0) }
    }
  }

  /// The library that this process's environment and an option ask for.
  static func current(folder: String?) throws -> ExerciseLibrary {
    try ExerciseLibrary(
      folder: folder, environment: ProcessInfo.processInfo.environment,
      currentFolder: FileManager.default.currentDirectoryPath,
      executable: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path)
  }

  /// All exercises in the order of their ids; where two places have the same id, the nearest one's.
  var entries: [Entry] {
    var entries: [String: Entry] = [:]
    for root in roots.reversed() {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
        let folder = "\(root)/\(name)"
        if Folder.isExercise(folder) { entries[name] = Entry(id: name, folder: folder) }
      }
    }
    return entries.values.sorted { $0.id < $1.id }
  }

  /// The folder of an exercise that is named by its id or by its folder.
  /// - Throws: `CommandFailure` when there is no such exercise, naming those that there are.
  func folder(named name: String) throws -> String {
    if Folder.isExercise(name) { return name }
    if let entry = entries.first(where: { $0.id == name }) { return entry.folder }
    if name.contains("/") || Folder.exists(name) {
      throw CommandFailure.usage("\(name) is no exercise: there is no \(Exercise.fileName) in it.")
    }
    throw CommandFailure.usage("There is no exercise \(name). \(known)")
  }

  /// What can be found, and where it was looked for, in a sentence.
  var known: String {
    let ids = entries.map(\.id)
    guard ids.isEmpty else { return "There are: \(ids.joined(separator: ", "))." }
    let places = roots.isEmpty ? "in any folder named exercises around here" : "in \(roots.joined(separator: ", "))"
    return "No exercises were found \(places). Say where they are with --exercises or THREADMARK_EXERCISES."
  }
}

/// Questions about folders, by their paths.
enum Folder {
  static func exists(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  static func isExercise(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(Exercise.fileName)")
  }

  /// The folder itself, the one around it, and so on to the root.
  static func ancestors(of path: String) -> [String] {
    var folders = [path]
    while let last = folders.last, last != "/", !last.isEmpty {
      folders.append((last as NSString).deletingLastPathComponent)
    }
    return folders
  }

  /// The path from the root, without `.` and `..`.
  static func absolute(_ path: String, in folder: String = FileManager.default.currentDirectoryPath) -> String {
    let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    let standard = (whole as NSString).standardizingPath
    return standard.isEmpty ? "/" : standard
  }
}
