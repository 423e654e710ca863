import Foundation

/// A text made ready for comparison: small letters, and one space for each run of white space.
struct FoldedText: Hashable, Sendable {
    private let text: String

    /// Folds a text.
    init(_ text: String) {
        self.text = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// How long it is, in octets.
    var length: Int { text.utf8.count }

    /// Whether another folded text stands in this one.
    ///
    /// - Parameter needle: The other text.
    /// - Returns: True also for an empty needle.
    func contains(_ needle: FoldedText) -> Bool {
        needle.text.isEmpty || text.range(of: needle.text, options: .literal) != nil
    }
}
