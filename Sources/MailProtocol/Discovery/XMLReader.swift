import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reads an XML document into elements, within the limits. Nothing outside the document is ever read.
final class XMLReader: NSObject, XMLParserDelegate {
    private let rootName: String
    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var count = 0
    private var failure: DiscoveryError?

    private init(rootName: String) { self.rootName = rootName }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - octets: The document as it was fetched.
    ///   - rootName: The name its root has to have, lower case.
    /// - Returns: The root.
    /// - Throws: `DiscoveryError`, whatever the octets are.
    static func root(of octets: [UInt8], named rootName: String) throws(DiscoveryError) -> XMLElement {
        let markup = try XMLCleaner.clean(XMLProlog.root(of: DocumentText(octets: octets)))
        let parser = XMLParser(data: Data(markup))
        let reader = XMLReader(rootName: rootName)
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let failure = reader.failure { throw failure }
        guard isWellFormed, reader.open.isEmpty, let root = reader.root else { throw .malformed }
        return root
    }

    private func stop(_ error: DiscoveryError, _ parser: XMLParser) {
        if failure == nil { failure = error }
        parser.abortParsing()
    }

    private func append(_ text: String, _ parser: XMLParser) {
        guard failure == nil, let last = open.indices.last else { return }
        guard open[last].text.utf8.count + text.utf8.count <= DiscoveryLimits.text else {
            return stop(.tooLarge, parser)
        }
        open[last].text += text
    }

    private static func localName(_ name: String) -> String {
        let colon = name.utf8.lastIndex(of: UInt8(ascii: ":"))
        return (colon.map { String(name[$0...].dropFirst()) } ?? name).lowercased()
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        guard failure == nil else { return }
        let name = Self.localName(elementName)
        count += 1
        if open.isEmpty, name != rootName { return stop(.notThisDocument(name == "html" ? .html : .other), parser) }
        let size = attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard open.count < DiscoveryLimits.depth, count <= DiscoveryLimits.elements, size <= DiscoveryLimits.text else {
            return stop(.tooLarge, parser)
        }
        let named = attributes.map { (Self.localName($0.key), $0.value) }
        open.append(XMLElement(name: name, attributes: Dictionary(named) { first, _ in first }))
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard failure == nil, let element = open.popLast() else { return }
        if let last = open.indices.last { open[last].children.append(element) } else { root = element }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { append(string, parser) }

    /// Well-formed documents end here too: libxml2 reports a prefix that nobody declared as one of its namespace
    /// errors (200-205), which XML 1.0 itself does not know.
    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        guard !(200...205).contains((parseError as NSError).code) else { return }
        stop(.malformed, parser)
    }
}

/// One element of an XML document. Names are lower case and without prefix: those who write these documents by hand
/// take both lightly, and no two names that matter differ in them only.
struct XMLElement: Hashable, Sendable {
    /// The local name, lower case.
    let name: String
    /// The attributes, by local name in lower case.
    let attributes: [String: String]
    /// The element's own text, put together.
    var text = ""
    /// The elements in it, in order.
    var children: [XMLElement] = []

    /// The text without blanks at both ends, nil when nothing is left.
    var value: String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The children of one name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: These children, in order.
    func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The first child of a name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: The child, nil when there is none.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the first child of a name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: The trimmed text, nil when there is none.
    func value(_ name: String) -> String? { child(name)?.value }
}
