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

/// A text made ready for comparison: small letters, and one space for each run of white space.
struct FoldedText: Hashable, Sendable {
    let octets: [UInt8]

    /// Folds a text.
    init(_ text: String) {
        octets = text.utf8.allSatisfy { $0 < 0x80 } ? Self.folded(text.utf8) : Self.folded(text.lowercased())
    }

    /// How long it is, in octets.
    var length: Int { octets.count }

    /// Whether another folded text stands in this one.
    ///
    /// - Parameter needle: The other text.
    /// - Returns: True also for an empty needle.
    func contains(_ needle: FoldedText) -> Bool {
        let count = needle.octets.count
        guard count > 0 else { return true }
        guard count <= octets.count else { return false }
        return octets.withUnsafeBufferPointer { text in
            needle.octets.withUnsafeBufferPointer { wanted in
                // Plain loops: this is the program's most travelled piece of code.
                var start = 0
                while start <= text.count - count {
                    var length = 0
                    while length < count, text[start + length] == wanted[length] { length += 1 }
                    if length == count { return true }
                    start += 1
                }
                return false
            }
        }
    }

    private static func folded(_ text: String.UTF8View) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for octet in text {
            switch octet {
            case 0x09...0x0D, 0x20: if let last = result.last, last != 0x20 { result.append(0x20) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(octet + 0x20)
            default: result.append(octet)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return result
    }

    private static func folded(_ text: String) -> [UInt8] {
        Array(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").utf8)
    }
}
