internal import CLibXML2

/// What libxml2 needs once in a process.
enum LibXML2 {
  /// Reading this sets the library up, before the first of several threads uses it.
  ///
  /// The table of schema types is filled without a lock (2.9.14), so that two threads that validate at the same time
  /// for the first time would both fill it.
  static let isReady: Bool = {
    xmlInitParser()
    xmlSchemaInitTypes()
    return true
  }()

  /// The text of an error as a part of a sentence.
  static func reason(_ message: UnsafePointer<CChar>?) -> String {
    guard let message = unsafe message else { return "no reason given" }
    let text = unsafe XMLText(String(cString: message)).oneLine().value
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
