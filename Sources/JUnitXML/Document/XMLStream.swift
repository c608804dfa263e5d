internal import CLibXML2

/// Writes an indented XML document through libxml2 into memory.
///
/// libxml2 escapes, but it lets illegal characters pass: everything that comes here went through `XMLText` before.
@safe struct XMLStream: ~Copyable {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr

  init() throws(JUnitError) {
    _ = LibXML2.isReady
    guard let buffer = unsafe xmlBufferCreate() else { throw .library(call: "xmlBufferCreate") }
    guard let writer = unsafe xmlNewTextWriterMemory(buffer, 0) else {
      unsafe xmlBufferFree(buffer)
      throw .library(call: "xmlNewTextWriterMemory")
    }
    let begun = unsafe [
      xmlTextWriterSetIndent(writer, 1), xmlTextWriterSetIndentString(writer, "  "),
      xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil),
    ]
    guard begun.allSatisfy({ $0 >= 0 }) else {
      unsafe xmlFreeTextWriter(writer)
      unsafe xmlBufferFree(buffer)
      throw .library(call: "xmlTextWriterStartDocument")
    }
    unsafe self.buffer = unsafe buffer
    unsafe self.writer = unsafe writer
  }

  deinit {
    unsafe xmlFreeTextWriter(writer)
    unsafe xmlBufferFree(buffer)
  }

  /// Writes an element with what `content` writes inside; one without content has an end tag of its own all the same.
  func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    content: () throws(JUnitError) -> Void
  ) throws(JUnitError) {
    try start(name, attributes)
    try content()
    try check(unsafe xmlTextWriterFullEndElement(writer), "xmlTextWriterFullEndElement")
  }

  /// Writes an element that holds text, never self-closed: Codecov's parser reads `<failure/>` as a pass.
  func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) throws(JUnitError) {
    try element(name, attributes) { () throws(JUnitError) in
      try check(unsafe xmlTextWriterWriteString(writer, text), "xmlTextWriterWriteString")
    }
  }

  /// Writes an element that has attributes only.
  func emptyElement(_ name: String, _ attributes: KeyValuePairs<String, String>) throws(JUnitError) {
    try start(name, attributes)
    try check(unsafe xmlTextWriterEndElement(writer), "xmlTextWriterEndElement")
  }

  /// Ends the document and takes its bytes.
  consuming func finish() throws(JUnitError) -> [UInt8] {
    try check(unsafe xmlTextWriterEndDocument(writer), "xmlTextWriterEndDocument")
    try check(unsafe xmlTextWriterFlush(writer), "xmlTextWriterFlush")
    let length = Int(unsafe xmlBufferLength(buffer))
    return unsafe Array(UnsafeBufferPointer(start: xmlBufferContent(buffer), count: length))
  }

  private func start(_ name: String, _ attributes: KeyValuePairs<String, String>) throws(JUnitError) {
    try check(unsafe xmlTextWriterStartElement(writer, name), "xmlTextWriterStartElement")
    for (name, value) in attributes {
      try check(unsafe xmlTextWriterWriteAttribute(writer, name, value), "xmlTextWriterWriteAttribute")
    }
  }

  private func check(_ written: Int32, _ call: String) throws(JUnitError) {
    if written < 0 { throw .library(call: call) }
  }
}
