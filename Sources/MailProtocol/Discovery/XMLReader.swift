internal import CExpat
internal import MailModel

/// Reads an XML document into elements, within the limits. Nothing outside the document is ever read.
///
/// The parser knows no namespaces: a prefix that nobody declared is as good as any, as XML 1.0 itself has it.
final class XMLReader {
    private let rootName: String
    private let parser: XML_Parser
    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var count = 0
    private var failure: DiscoveryError?

    private init(_ parser: XML_Parser, rootName: String) {
        self.parser = parser
        self.rootName = rootName
    }

    deinit { XML_ParserFree(parser) }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - octets: The document as it was fetched.
    ///   - rootName: The name its root has to have, lower case.
    /// - Returns: The root.
    /// - Throws: `DiscoveryError`, whatever the octets are.
    static func root(of octets: [UInt8], named rootName: String) throws(DiscoveryError) -> XMLElement {
        let markup = try XMLCleaner.clean(XMLProlog.root(of: DocumentText(octets: octets)))
        guard let parser = XML_ParserCreate("UTF-8") else { throw .tooLarge }
        let reader = XMLReader(parser, rootName: rootName)
        let isWellFormed = reader.parse(markup)
        if let failure = reader.failure { throw failure }
        guard isWellFormed, reader.open.isEmpty, let root = reader.root else { throw .malformed }
        return root
    }

    private func parse(_ markup: [UInt8]) -> Bool {
        // The parser calls back while it parses and at no other time: the reader outlives that.
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { reader, name, attributes in
                guard let reader = XMLReader.of(reader), let name else { return }
                reader.begin(String(cString: name), XMLReader.pairs(attributes))
            },
            { reader, _ in XMLReader.of(reader)?.end() })
        XML_SetCharacterDataHandler(parser) { reader, text, count in
            guard let reader = XMLReader.of(reader), let text, count > 0 else { return }
            let octets = UnsafeRawBufferPointer(start: text, count: Int(count))
            reader.append(String(decoding: octets, as: UTF8.self))
        }
        return withExtendedLifetime(self) {
            markup.withUnsafeBytes { octets in
                let text = octets.baseAddress?.assumingMemoryBound(to: CChar.self)
                return XML_Parse(parser, text, Int32(clamping: octets.count), 1) == XML_STATUS_OK
            }
        }
    }

    private static func of(_ reader: UnsafeMutableRawPointer?) -> XMLReader? {
        reader.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Names and values by turns, up to a null pointer.
    private static func pairs(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> [(String, String)] {
        guard var list else { return [] }
        var pairs: [(String, String)] = []
        while let name = list[0], let value = list[1] {
            pairs.append((String(cString: name), String(cString: value)))
            list += 2
        }
        return pairs
    }

    private func stop(_ error: DiscoveryError) {
        if failure == nil { failure = error }
        XML_StopParser(parser, XML_Bool(0))
    }

    private func begin(_ fullName: String, _ attributes: [(String, String)]) {
        guard failure == nil else { return }
        let name = Self.localName(fullName)
        count += 1
        if open.isEmpty, name != rootName { return stop(.notThisDocument(name == "html" ? .html : .other)) }
        let size = attributes.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count }
        guard open.count < DiscoveryLimits.depth, count <= DiscoveryLimits.elements, size <= DiscoveryLimits.text else {
            return stop(.tooLarge)
        }
        let named = attributes.map { (Self.localName($0.0), $0.1) }
        open.append(XMLElement(name: name, attributes: Dictionary(named) { first, _ in first }))
    }

    private func append(_ text: String) {
        guard failure == nil, let last = open.indices.last else { return }
        guard open[last].text.utf8.count + text.utf8.count <= DiscoveryLimits.text else { return stop(.tooLarge) }
        open[last].text += text
    }

    private func end() {
        guard failure == nil, let element = open.popLast() else { return }
        if let last = open.indices.last { open[last].children.append(element) } else { root = element }
    }

    private static func localName(_ name: String) -> String {
        let colon = name.utf8.lastIndex(of: UInt8(ascii: ":"))
        return (colon.map { String(name[$0...].dropFirst()) } ?? name).lowercased()
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
        let trimmed = text.trimmingWhitespace()
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
