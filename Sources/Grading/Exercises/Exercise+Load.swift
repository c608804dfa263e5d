import Foundation
import Sandboxing

extension Exercise {
  /// The file of an exercise's folder that describes it.
  public static let fileName = "exercise.yaml"

  /// Reads an exercise.
  /// - Parameter folder: its folder, absolute or relative to the current folder.
  /// - Returns: the exercise.
  /// - Throws: `ExerciseError` with everything that is wrong.
  public static func load(folder: String) throws(ExerciseError) -> Exercise {
    try load(folder: folder, with: ExerciseDecoder())
  }

  static func load(folder: String, with decoder: ExerciseDecoder) throws(ExerciseError) -> Exercise {
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + fileName
    let bytes: [UInt8]
    do {
      bytes = try SafeFile.contents(path: path, atMost: YAMLDocument.maximumSize).bytes
    } catch {
      throw ExerciseError(path: path, problems: [problem(error, path: path)])
    }
    let absolute = URL(fileURLWithPath: folder).standardizedFileURL.path
    return try decoder.decode(bytes, folder: absolute, path: path)
  }

  private static func problem(_ error: SafeFileError, path: String) -> ExerciseError.Problem {
    switch error {
    case .systemCall(_, errno: ENOENT), .systemCall(_, errno: ENOTDIR):
      .init("There is no such file.", advice: "Give an exercise's folder: the one that \(fileName) is in.")
    case .tooLarge(let size, let limit):
      .init("The file has \(size) bytes; the most is \(Quantity.text(size: limit)).")
    default: .init("The file cannot be read: \(error).")
    }
  }
}
