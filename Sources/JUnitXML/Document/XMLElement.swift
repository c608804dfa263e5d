internal import CLibXML2

/// An element of a document that somebody else keeps alive.
@safe struct XMLElement {
  private let pointer: xmlNodePtr

  @unsafe init(_ pointer: xmlNodePtr) {
    unsafe self.pointer = unsafe pointer
  }

  /// The name.
  var name: String {
    unsafe XMLElement.string(pointer.pointee.name)
  }

  /// The line its start tag ends on.
  var line: Int {
    unsafe Int(xmlGetLineNo(pointer))
  }

  /// All the text in it.
  var text: String {
    unsafe XMLElement.taken(xmlNodeGetContent(pointer)) ?? ""
  }

  /// The value of an attribute, empty when there is none.
  subscript(attribute: String) -> String {
    unsafe XMLElement.taken(xmlGetNoNsProp(pointer, attribute)) ?? ""
  }

  /// The elements directly in it.
  var children: [XMLElement] {
    var children: [XMLElement] = []
    var next = unsafe xmlFirstElementChild(pointer)
    while let child = unsafe next {
      children.append(unsafe XMLElement(child))
      unsafe next = unsafe xmlNextElementSibling(child)
    }
    return children
  }

  /// The text of the first element of that name directly in it, empty when there is none.
  func text(of name: String) -> String {
    children.first { $0.name == name }?.text ?? ""
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
    guard let text = unsafe text else { return "" }
    return unsafe String(cString: text)
  }

  /// A string whose memory libxml2 handed over.
  private static func taken(_ text: UnsafeMutablePointer<xmlChar>?) -> String? {
    guard let text = unsafe text else { return nil }
    defer { unsafe threadmark_xml_free(text) }
    return unsafe String(cString: text)
  }
}
