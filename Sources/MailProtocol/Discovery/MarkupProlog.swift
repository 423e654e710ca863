/// What stands before the root element (XML 1.0, section 2.8), looked through before anything is parsed: it tells what
/// kind of page this is, and it is where a document type declaration would stand.
enum MarkupProlog {
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
