/// A piece of a server's text that must be there.
public struct Needle: Hashable, Sendable, CustomStringConvertible {
    /// The piece as the catalogue has it.
    public let description: String
    /// The piece, ready for comparison.
    let folded: FoldedText

    /// Makes a needle.
    init(_ text: String) {
        description = text
        folded = FoldedText(text)
    }
}
