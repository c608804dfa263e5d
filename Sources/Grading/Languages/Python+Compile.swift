import Foundation
import Sandboxing

extension Python {
  /// Lets the interpreter itself compile the program, without running any of it.
  func compileStep(_ program: SubmittedFile) -> BuildStep {
    let path = "\(ContainerConfiguration.harnessFolder)/\(Self.programPath)"
    let name = program.visiblePath
    return BuildStep(
      command: Command(
        executable: interpreter, arguments: ["-I", "-S", "-B", "-W", "ignore", "-c", Self.compiler, path, name],
        environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
        // The work folder may hold files whose names would be looked for; nothing of the student's is needed here.
        workingDirectory: "/"),
      files: [ContainerFile(path: Self.programPath, in: .harness, contents: program.contents)],
      limits: Limits(wallTime: .seconds(10), memory: 512 << 20, tasks: 8)
    ) { result throws(BuildError) in try Self.judge(result, name: name) }
  }

  /// What a compilation says about the program.
  private static func judge(_ result: ExecutionResult, name: String) throws(BuildError) -> Finding? {
    switch result.termination {
    case .exited(0): return nil
    case .exited(1):
      guard let problem = try? JSONDecoder().decode(CompileProblem.self, from: Data(result.output)) else { break }
      return problem.finding(name)
    case .wallTimeLimit, .cpuTimeLimit: return Finding(.compileError, "\(name) took too long to compile.")
    case .memoryLimit: return Finding(.compileError, "\(name) took too much memory to compile.")
    case .signaled(let signal, _):
      return Finding(.compileError, "Python itself crashed with signal \(signal) when it compiled \(name).")
    default: break
    }
    let errors = String(decoding: result.errorOutput.suffix(2000), as: UTF8.self)
    throw BuildError("Python could not be asked to compile a program: it ended with \(result.termination). \(errors)")
  }

  /// Compiles the file named first and calls it by the second; what is wrong is printed as one JSON object.
  ///
  /// The text around the place is cut from long lines, and lone surrogates, which JSON cannot carry, are escaped.
  private static let compiler = """
    import json, sys
    path, name = sys.argv[1:]
    with open(path, "rb") as file:
        source = file.read()
    def clean(text):
        return str(text).encode("utf-8", "backslashreplace").decode("utf-8")
    problem = None
    try:
        compile(source, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        problem = {"kind": type(error).__name__, "message": clean(error.msg)}
        line, column, text = error.lineno or 0, error.offset or 0, error.text
        lines = source.splitlines()
        if text is None and 0 < line <= len(lines):
            text = lines[line - 1].decode("utf-8", "replace")
        if line > 0:
            problem["line"] = line
        if text:
            start = max(0, column - 60)
            problem["text"] = clean(text.rstrip()[start:start + 120])
            if column > 0:
                problem["column"] = column
                problem["offset"] = column - start
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        problem = {"kind": type(error).__name__, "message": clean(error)[:500]}
    if problem:
        print(json.dumps(problem))
        sys.exit(1)
    """
}

/// What the interpreter found wrong with a program's text.
private struct CompileProblem: Decodable {
  var kind: String
  var message: String
  var line: Int?
  var column: Int?
  var text: String?
  /// The column in `text`, which may begin in the middle of the line.
  var offset: Int?

  func finding(_ name: String) -> Finding {
    let place = [line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap(\.self).joined(separator: ", ")
    let subject = place.isEmpty ? name : "\(name), \(place)"
    return Finding(.compileError, "\(subject): \(message.visible) (\(kind)).", details: excerpt)
  }

  /// The source line with a caret under the place.
  private var excerpt: String {
    guard let text else { return "" }
    guard let offset, offset >= 1, offset <= text.count + 1 else { return text }
    let indent = text.prefix(offset - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    return "\(text)\n\(indent)^"
  }
}
