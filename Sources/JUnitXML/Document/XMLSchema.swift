internal import CLibXML2

/// A compiled XML schema, owned.
@safe struct XMLSchema: ~Copyable {
  private let pointer: xmlSchemaPtr

  /// Compiles a schema document.
  init(_ bytes: [UInt8]) throws(JUnitError) {
    _ = LibXML2.isReady
    let collector = ErrorCollector()
    let schema = unsafe bytes.withUnsafeBytes { bytes -> xmlSchemaPtr? in
      let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let context = unsafe xmlSchemaNewMemParserCtxt(text, Int32(clamping: bytes.count)) else { return nil }
      defer { unsafe xmlSchemaFreeParserCtxt(context) }
      unsafe xmlSchemaSetParserStructuredErrors(
        context, { unsafe ErrorCollector.collect($0, $1) }, Unmanaged.passUnretained(collector).toOpaque())
      return unsafe xmlSchemaParse(context)
    }
    guard let schema = unsafe schema else { throw collector.first ?? .library(call: "xmlSchemaParse") }
    unsafe pointer = unsafe schema
  }

  deinit {
    unsafe xmlSchemaFree(pointer)
  }

  /// Throws the first thing in the document that the schema doesn't allow.
  borrowing func validate(_ document: borrowing XMLDocument) throws(JUnitError) {
    guard let context = unsafe xmlSchemaNewValidCtxt(pointer) else { throw .library(call: "xmlSchemaNewValidCtxt") }
    defer { unsafe xmlSchemaFreeValidCtxt(context) }
    let collector = ErrorCollector()
    unsafe xmlSchemaSetValidStructuredErrors(
      context, { unsafe ErrorCollector.collect($0, $1) }, Unmanaged.passUnretained(collector).toOpaque())
    let result = withExtendedLifetime(collector) { unsafe xmlSchemaValidateDoc(context, document.pointer) }
    if let error = collector.first { throw error }
    if result != 0 { throw .library(call: "xmlSchemaValidateDoc") }
  }
}

/// Keeps the first error that libxml2 reports.
private final class ErrorCollector {
  private(set) var first: JUnitError?

  static func collect(_ collector: UnsafeMutableRawPointer?, _ error: UnsafePointer<xmlError>?) {
    guard let collector = unsafe collector, let error = unsafe error else { return }
    let this = unsafe Unmanaged<ErrorCollector>.fromOpaque(collector).takeUnretainedValue()
    guard this.first == nil else { return }
    this.first = unsafe .invalid(reason: LibXML2.reason(error.pointee.message), line: Int(error.pointee.line))
  }
}
