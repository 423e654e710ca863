import Foundation

/// One element of an XML document. Names are lower case and without prefix: those who write these documents by hand
/// take both lightly, and no two names that matter differ in them only.
struct MarkupElement: Hashable, Sendable {
    /// The local name, lower case.
    let name: String
    /// The attributes, by local name in lower case.
    let attributes: [String: String]
    /// The element's own text, put together.
    var text = ""
    /// The elements in it, in order.
    var children: [MarkupElement] = []

    /// The text without blanks at both ends, nil when nothing is left.
    var value: String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The children of one name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: These children, in order.
    func children(_ name: String) -> [MarkupElement] { children.filter { $0.name == name } }

    /// The first child of a name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: The child, nil when there is none.
    func child(_ name: String) -> MarkupElement? { children.first { $0.name == name } }

    /// The text of the first child of a name.
    ///
    /// - Parameter name: The name, lower case.
    /// - Returns: The trimmed text, nil when there is none.
    func value(_ name: String) -> String? { child(name)?.value }
}
