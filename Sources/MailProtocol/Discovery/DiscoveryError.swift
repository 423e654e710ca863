/// Why a document that was fetched tells no settings. The text of the document is never part of it.
public enum DiscoveryError: Error, Hashable, Sendable {
    /// What else a document can be.
    public enum Foreign: String, Hashable, Sendable, CaseIterable {
        /// A web page: the usual answer of a web server that knows no such path and says 200 all the same.
        case html
        /// Anything else: plain text, JSON where XML was asked for, or XML with another root.
        case other
    }

    /// There is nothing in it, or nothing but blanks.
    case empty
    /// It passes a limit: octets, depth, elements, or the length of a text.
    case tooLarge
    /// It is a document of another kind.
    case notThisDocument(Foreign)
    /// It begins like the document, and does not follow the grammar or its own encoding; a cut one is such.
    case malformed
    /// It brings a document type declaration, the place where entities are declared that grow or read other files.
    case forbidden

    /// A stable name for reports: `empty`, `too_large`, `not_this_document_html`, ...
    public var id: String {
        switch self {
        case .empty: "empty"
        case .tooLarge: "too_large"
        case .notThisDocument(let foreign): "not_this_document_" + foreign.rawValue
        case .malformed: "malformed"
        case .forbidden: "forbidden"
        }
    }
}
