internal import CKeeper

/// Names and texts of the kernel's error numbers.
enum ErrorNumber {
  /// The symbolic name, such as `ENOENT`; the number where this C library knows no name.
  static func name(_ number: Int32) -> String {
    guard let name = unsafe keeper_error_name(number) else { return "errno \(number)" }
    return unsafe String(cString: name)
  }

  /// The description, such as `No such file or directory`.
  static func message(_ number: Int32) -> String {
    guard let text = unsafe keeper_error_text(number) else { return "unknown error" }
    return unsafe String(cString: text)
  }
}
