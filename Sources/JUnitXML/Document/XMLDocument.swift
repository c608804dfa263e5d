internal import CLibXML2

/// A parsed XML document, owned.
///
/// The parser reaches for no network and expands no entities; a document type declaration stops it at once.
@safe struct XMLDocument: ~Copyable {
  let pointer: xmlDocPtr

  init(_ bytes: [UInt8]) throws(JUnitError) {
    _ = LibXML2.isReady
    guard let size = Int32(exactly: bytes.count) else { throw .tooLarge(bytes: bytes.count, limit: Int(Int32.max)) }
    guard let context = unsafe xmlNewParserCtxt() else { throw .library(call: "xmlNewParserCtxt") }
    defer { unsafe xmlFreeParserCtxt(context) }
    var declaration = Place()
    let document = unsafe withUnsafeMutablePointer(to: &declaration) { place in
      unsafe context.pointee._private = UnsafeMutableRawPointer(place)
      unsafe context.pointee.sax.pointee.internalSubset = stopAtDeclaration
      return unsafe bytes.withUnsafeBytes { bytes in
        unsafe xmlCtxtReadMemory(
          context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), size, nil, "UTF-8", XMLDocument.options)
      }
    }
    if declaration.isSet {
      unsafe xmlFreeDoc(document)
      throw .documentType(line: declaration.line, column: declaration.column)
    }
    guard let document = unsafe document else { throw unsafe XMLDocument.error(in: context) }
    unsafe pointer = unsafe document
  }

  deinit {
    unsafe xmlFreeDoc(pointer)
  }

  /// The outermost element; it and what it leads to must not outlive the document.
  borrowing func withRoot<Result>(
    _ body: (XMLElement) throws(JUnitError) -> Result
  ) throws(JUnitError) -> Result {
    guard let root = unsafe xmlDocGetRootElement(pointer) else {
      throw .malformed(reason: "there is no element", line: 1, column: 1)
    }
    return try body(unsafe XMLElement(root))
  }

  private static let options = Int32(
    bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue
      | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)

  private static func error(in context: xmlParserCtxtPtr) -> JUnitError {
    guard let error = unsafe xmlCtxtGetLastError(context) else { return .library(call: "xmlCtxtReadMemory") }
    return unsafe .malformed(
      reason: LibXML2.reason(error.pointee.message), line: Int(error.pointee.line), column: Int(error.pointee.int2))
  }
}

/// Where a document type declaration was met.
private struct Place {
  var isSet = false
  var line = 0
  var column = 0
}

/// Takes the place of the parser's own handler of `<!DOCTYPE`, and ends the parse before any entity is declared.
private func stopAtDeclaration(
  context: UnsafeMutableRawPointer?, name: UnsafePointer<xmlChar>?, publicID: UnsafePointer<xmlChar>?,
  systemID: UnsafePointer<xmlChar>?
) {
  guard let context = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
  if let place = unsafe context.pointee._private?.assumingMemoryBound(to: Place.self),
    let input = unsafe context.pointee.input
  {
    unsafe place.pointee = Place(isSet: true, line: Int(input.pointee.line), column: Int(input.pointee.col))
  }
  unsafe xmlStopParser(context)
}
