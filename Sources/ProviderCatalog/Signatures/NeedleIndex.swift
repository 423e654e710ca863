import Synchronization

/// Tells in one pass which signatures have all their needles in a text: for long texts, where looking for each needle by
/// itself would take hundreds of passes.
struct NeedleIndex: Hashable, Sendable {
    private let index: PhraseIndex
    private let needles: [FoldedText]
    /// The numbers of the needles of each signature.
    private let parts: [[Int]]

    init(_ signatures: [Signature]) {
        var numbers: [FoldedText: Int] = [:]
        var needles: [FoldedText] = []
        parts = signatures.map { signature in
            signature.needles.map { needle in
                if let number = numbers[needle.folded] { return number }
                numbers[needle.folded] = needles.count
                needles.append(needle.folded)
                return needles.count - 1
            }
        }
        self.needles = needles
        index = PhraseIndex(needles.map(\.octets))
    }

    /// The numbers of the needles that stand in a text.
    func found(in text: FoldedText) -> Set<Int> {
        var found = index.present(in: text.octets)
        for (number, needle) in needles.enumerated()
        where needle.length < PhraseIndex.shortest && text.contains(needle) { found.insert(number) }
        return found
    }

    /// Whether all needles of a signature were found.
    func isMet(_ signature: Int, _ found: Set<Int>) -> Bool { parts[signature].allSatisfy(found.contains) }
}

/// The index of needles, made for the first long text: most texts are short, and many commands look through none.
final class LazyNeedles: Sendable {
    private let made = Mutex<NeedleIndex?>(nil)

    /// The index.
    ///
    /// - Parameter signatures: The signatures, always the same.
    /// - Returns: The index.
    func index(of signatures: [Signature]) -> NeedleIndex {
        made.withLock { made in
            if let made { return made }
            let index = NeedleIndex(signatures)
            made = index
            return index
        }
    }
}
