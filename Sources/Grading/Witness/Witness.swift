public import Sandboxing

/// The witness: a module that every Python of a run loads first, and that tells which thread printed what.
///
/// What it is and how it works is said at the top of `witness.py`. Nothing it reports is trusted.
public enum Witness {
  /// Its source, for any Python from 3.8.
  public static let source: [UInt8] = PackageResources.witness_py

  /// What its file must be called, in a folder on PYTHONPATH, for Python to load it.
  public static let fileName = "sitecustomize.py"

  /// What it loads when it is asked, at the end of a run, who waits for whom.
  static let answerName = "answer.py"

  /// What has to be in a container for Python to load it.
  public static let files = [
    ContainerFile(path: fileName, in: .harness, contents: source),
    ContainerFile(path: answerName, in: .harness, contents: PackageResources.answer_py),
  ]

  /// The path that programs are started at, whatever the student called them.
  public static let programPath = "\(ContainerConfiguration.harnessFolder)/run/program.py"

  /// The environment variables that wake the witness.
  /// - Parameters:
  ///   - channel: the FIFO that it reports to; nil leaves it silent.
  ///   - files: the folder of the student's files, which comes behind the standard library in `sys.path`.
  ///   - isStretched: whether new threads and workers stop at the gate.
  /// - Returns: the variables, for the environment of the program.
  public static func environment(
    channel: String?, files: String = ContainerConfiguration.workFolder, isStretched: Bool = false
  ) -> [String: String] {
    var environment = ["PYTHONPATH": ContainerConfiguration.harnessFolder, "THREADMARK_FILES": files]
    environment["THREADMARK_WITNESS"] = channel
    if isStretched { environment["THREADMARK_STRETCH"] = "1" }
    return environment
  }

  /// The environment variables that tell it what to vary in a run.
  /// - Parameters:
  ///   - switchInterval: microseconds after which another thread has its turn; nil for Python's own default.
  ///   - startDelays: what the delays are derived from that threads and workers begin with; nil for none.
  /// - Returns: the variables, for the environment of the program.
  public static func environment(switchInterval: Int?, startDelays: UInt32?) -> [String: String] {
    var environment: [String: String] = [:]
    environment["THREADMARK_SWITCH"] = switchInterval.map(String.init)
    environment["THREADMARK_DELAYS"] = startDelays.map(String.init)
    return environment
  }

  /// Compiles the witness once, which spares every Python of every run the few milliseconds that it takes.
  /// - Parameter interpreter: the absolute path of the Python that will run the submissions.
  /// - Returns: a command whose standard output `compiled(from:)` reads.
  public static func compiling(by interpreter: String) -> Command {
    Command(
      executable: interpreter, arguments: ["-I", "-S", "-c", compiler],
      environment: ["PYTHONHASHSEED": "0"], standardInput: .bytes(source))
  }

  /// The compiled witness, to be put into containers beside its source.
  /// - Parameter output: what the command of `compiling(by:)` printed.
  /// - Returns: a file that Python takes as it is; nil where the output is not one.
  public static func compiled(from output: [UInt8]) -> ContainerFile? {
    guard let end = output.firstIndex(of: UInt8(ascii: "\n")), output.count > end + 17 else { return nil }
    let tag = String(decoding: output[..<end], as: UTF8.self)
    guard !tag.isEmpty, tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else { return nil }
    return ContainerFile(
      path: "__pycache__/sitecustomize.\(tag).pyc", in: .harness, contents: Array(output[(end + 1)...]))
  }

  /// Prints the interpreter's cache tag, then a hash-based file that is never compared with its source (PEP 552).
  private static let compiler = """
    import sys, marshal
    from importlib.util import MAGIC_NUMBER
    path = "\(ContainerConfiguration.harnessFolder)/\(fileName)"
    code = compile(sys.stdin.buffer.read(), path, "exec", dont_inherit=True)
    head = sys.implementation.cache_tag.encode() + b"\\n" + MAGIC_NUMBER + b"\\1\\0\\0\\0" + bytes(8)
    sys.stdout.buffer.write(head + marshal.dumps(code))
    """
}
