/// The languages that exercises can be written for.
public enum LanguageCatalogue {
  /// Their names in `exercise.yaml`.
  public static let names = [Python.name, CommandLanguage.name]

  /// Finds what runs programs of a language on this machine.
  /// - Parameters:
  ///   - name: one of `names`.
  ///   - python: the Python to use instead of the first one on `PATH`: a path or a name.
  /// - Returns: the language.
  /// - Throws: `LanguageError` when this machine has nothing that runs it.
  public static func language(_ name: String, python: String? = nil) async throws -> any Language {
    switch name {
    case Python.name: try await Python.find(python)
    case CommandLanguage.name: CommandLanguage()
    default: throw LanguageError("There is no language \(name.quoted).")
    }
  }
}

/// Why programs of a language cannot be run on this machine.
public struct LanguageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A full sentence.
  public var description: String

  /// A reason in words.
  public init(_ description: String) { self.description = description }
}
