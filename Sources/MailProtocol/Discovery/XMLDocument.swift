/// The text of a document, whatever encoding it came in.
///
/// The encoding is found as XML 1.0 says (section 4.3.3 and appendix F): a byte order mark, the shape of the first
/// octets, the XML declaration, else UTF-8.
struct DocumentText: Hashable, Sendable {
    /// The text, without a byte order mark and without blanks at its beginning.
    let text: String
    /// Whether every octet made sense in the encoding. If not, `text` serves only to tell what kind of page it is.
    let isFaithful: Bool

    /// Decodes a document.
    ///
    /// - Parameter octets: The document as it was fetched.
    /// - Throws: `tooLarge` above 256 KiB, `empty` when there is no text.
    init(octets: [UInt8]) throws(DiscoveryError) {
        guard octets.count <= DiscoveryLimits.octets else { throw .tooLarge }
        let decoded = Self.decode(octets)
        isFaithful = decoded != nil
        let all = decoded ?? String(decoding: octets, as: UTF8.self)
        text = String(all.unicodeScalars.drop { $0 == "\u{FEFF}" || $0.properties.isWhitespace })
        guard !text.isEmpty else { throw .empty }
    }

    private static func decode(_ octets: [UInt8]) -> String? {
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: octets.dropFirst(3), as: UTF8.self) }
        if octets.starts(with: [0xFE, 0xFF]) || octets.starts(with: [0x00, 0x3C]) {
            return utf16(octets) { UInt16($0) << 8 | UInt16($1) }
        }
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0x3C, 0x00]) {
            return utf16(octets) { UInt16($1) << 8 | UInt16($0) }
        }
        switch declaredEncoding(octets) {
        // The declaration could be read octet by octet, so "utf-16" is the slip of a template.
        case nil, "utf-8", "utf8", "us-ascii", "utf-16": return String(validating: octets, as: UTF8.self)
        case "iso-8859-1", "latin1": return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        case "windows-1252": return windows1252(octets)
        default: return nil
        }
    }

    private static func utf16(_ octets: [UInt8], unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard octets.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: 0, to: octets.count, by: 2).map { unit(octets[$0], octets[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }

    private static let lettersOfWindows = Array("€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ".unicodeScalars)

    /// Windows-1252 is Latin-1 but for the octets 0x80 to 0x9F; five of those mean nothing.
    private static func windows1252(_ octets: [UInt8]) -> String? {
        var text = String.UnicodeScalarView()
        for octet in octets {
            guard (0x80...0x9F).contains(octet) else {
                text.append(Unicode.Scalar(octet))
                continue
            }
            let letter = lettersOfWindows[Int(octet - 0x80)]
            guard letter != "\0" else { return nil }
            text.append(letter)
        }
        return String(text)
    }

    /// The name in `<?xml ... encoding="NAME"?>`, lower case.
    private static func declaredEncoding(_ octets: [UInt8]) -> String? {
        let start = String(decoding: octets.prefix(256), as: UTF8.self).drop { $0.isWhitespace }
        guard start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>") else { return nil }
        let declaration = start[..<end.lowerBound].lowercased()
        guard let name = declaration.firstRange(of: "encoding") else { return nil }
        let parts = declaration[name.upperBound...].split(whereSeparator: { "\"'= \t\r\n".contains($0) })
        return parts.first.map(String.init)
    }
}

/// What stands before the root element (XML 1.0, section 2.8), looked through before anything is parsed: it tells what
/// kind of page this is, and it is where a document type declaration would stand.
enum XMLProlog {
    /// Elements that no configuration begins with and that web pages begin with, some of them without `html`.
    private static let pageElements: Set<String> = [
        "html", "head", "body", "title", "meta", "link", "script", "style", "center", "div", "h1", "h2", "p", "img",
        "pre",
    ]

    /// Takes off what stands before the root element.
    ///
    /// - Parameter document: The document's text.
    /// - Returns: The rest, from the root element on.
    /// - Throws: `notThisDocument`, `forbidden` or `malformed`.
    static func root(of document: DocumentText) throws(DiscoveryError) -> Substring {
        var rest = document.text[...]
        while let misc = try skipMisc(rest) { rest = misc }
        guard rest.first == "<" else { throw rest.isEmpty ? .malformed : .notThisDocument(.other) }
        try refuseDeclaration(rest)
        guard !pageElements.contains(word(rest.dropFirst())) else { throw .notThisDocument(.html) }
        guard document.isFaithful else { throw .malformed }
        return rest
    }

    /// Drops one comment or processing instruction, the XML declaration included, with the blanks around it.
    private static func skipMisc(_ text: Substring) throws(DiscoveryError) -> Substring? {
        let text = text.drop(while: \.isWhitespace)
        for (start, end) in [("<!--", "-->"), ("<?", "?>")] where text.utf8.starts(with: start.utf8) {
            guard let found = text.utf8.dropFirst(start.utf8.count).firstRange(of: end.utf8) else { throw .malformed }
            return text[found.upperBound...].drop(while: \.isWhitespace)
        }
        return nil
    }

    private static func refuseDeclaration(_ text: Substring) throws(DiscoveryError) {
        guard text.utf8.starts(with: "<!".utf8) else { return }
        let keyword = word(text.dropFirst(2))
        let name = word(text.dropFirst(2 + keyword.count).drop(while: \.isWhitespace))
        throw keyword == "doctype" && name == "html" ? .notThisDocument(.html) : .forbidden
    }

    private static func word(_ text: Substring) -> String {
        text.prefix(16).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    }
}

/// Rewrites a document so that nothing but elements, attributes and text comes to the XML parser.
///
/// Comments and processing instructions are taken out and CDATA becomes escaped text, so that "<!" and "<?" occur no
/// more, wherever the parser may think that it stands. That keeps declarations of entities away from it.
struct XMLCleaner {
    private let octets: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    private init(_ text: Substring) { octets = Array(text.utf8) }

    /// Cleans a document.
    ///
    /// - Parameter text: The document from its root element on.
    /// - Returns: UTF-8 for the parser, in which `<` is followed neither by `!` nor by `?`.
    /// - Throws: `forbidden` for a declaration, `malformed` for what has no end.
    static func clean(_ text: Substring) throws(DiscoveryError) -> [UInt8] {
        var cleaner = XMLCleaner(text)
        var start = 0
        while cleaner.position < cleaner.octets.count {
            guard let follower = cleaner.markupFollower else {
                cleaner.position += 1
                continue
            }
            cleaner.output += cleaner.octets[start..<cleaner.position]
            try cleaner.takeConstruct(follower)
            start = cleaner.position
        }
        return cleaner.output + cleaner.octets[start...]
    }

    /// The `!` or `?` behind the bracket that begins here; nil for everything that may stay.
    private var markupFollower: UInt8? {
        guard octets[position] == UInt8(ascii: "<"), position + 1 < octets.count else { return nil }
        let follower = octets[position + 1]
        return follower == UInt8(ascii: "!") || follower == UInt8(ascii: "?") ? follower : nil
    }

    private mutating func takeConstruct(_ follower: UInt8) throws(DiscoveryError) {
        // What is taken out behind a bracket could bring the bracket and a "!" together that stood apart.
        guard output.last != UInt8(ascii: "<") else { throw .malformed }
        if follower == UInt8(ascii: "?") {
            _ = try section("<?", "?>")
        } else if try section("<!--", "-->") == nil {
            guard let data = try section("<![CDATA[", "]]>") else { throw .forbidden }
            for octet in data { output += Self.escaped(octet) }
        }
    }

    private mutating func section(_ start: String, _ end: String) throws(DiscoveryError) -> ArraySlice<UInt8>? {
        let rest = octets[position...]
        guard rest.starts(with: start.utf8) else { return nil }
        let inner = rest.dropFirst(start.utf8.count)
        guard let found = inner.firstRange(of: end.utf8) else { throw .malformed }
        position = found.upperBound
        return inner[..<found.lowerBound]
    }

    private static func escaped(_ octet: UInt8) -> [UInt8] {
        switch octet {
        case UInt8(ascii: "<"): Array("&lt;".utf8)
        case UInt8(ascii: ">"): Array("&gt;".utf8)
        case UInt8(ascii: "&"): Array("&amp;".utf8)
        default: [octet]
        }
    }
}
