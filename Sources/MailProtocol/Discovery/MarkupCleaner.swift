/// Rewrites a document so that nothing but elements, attributes and text comes to the XML parser.
///
/// Comments and processing instructions are taken out and CDATA becomes escaped text, so that "<!" and "<?" occur no
/// more, wherever the parser may think that it stands. That keeps declarations of entities away from it, and also the
/// processing instruction without data (`<?x?>`), at which FoundationXML of Swift 6.3 on Linux reads a null pointer.
struct MarkupCleaner {
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
        var cleaner = MarkupCleaner(text)
        var start = 0
        while cleaner.position < cleaner.octets.count {
            guard let follower = cleaner.markupFollower else {
                cleaner.position += 1
                continue
            }
            cleaner.output += cleaner.octets[start..<cleaner.position]
            try cleaner.takeMarkup(follower)
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

    private mutating func takeMarkup(_ follower: UInt8) throws(DiscoveryError) {
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
