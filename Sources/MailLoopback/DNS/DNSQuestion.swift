/// One question as it came over the wire (RFC 1035, section 4.1).
struct DNSQuestion: Hashable, Sendable {
    /// No question of a resolver is longer.
    static let maximumLength = 4_096

    var id: UInt16
    var wantsRecursion: Bool
    /// The name in lower case, without a trailing dot.
    var name: String
    var type: UInt16
    /// The question section as it was sent: it is echoed, letter case included.
    var section: [UInt8]
    /// How long an answer may be over UDP: 512, or what EDNS says (RFC 6891).
    var maximumAnswer: Int

    /// Reads a query; nil for everything that is not one question of class IN.
    init?(_ message: [UInt8]) {
        guard (17...Self.maximumLength).contains(message.count) else { return nil }
        func word(_ at: Int) -> UInt16 { UInt16(message[at]) << 8 | UInt16(message[at + 1]) }
        guard message[2] & 0xF8 == 0, word(4) == 1, let end = Self.endOfName(message), end + 4 <= message.count else {
            return nil
        }
        guard word(end + 2) == 1 else { return nil }
        id = word(0)
        wantsRecursion = message[2] & 1 == 1
        name = Self.labels(message[12..<end]).joined(separator: ".").lowercased()
        type = word(end)
        section = Array(message[12..<end + 4])
        let additional = end + 4
        let hasEDNS = word(10) > 0 && additional + 11 <= message.count && message[additional] == 0
        maximumAnswer = hasEDNS && word(additional + 1) == 41 ? max(512, Int(word(additional + 3))) : 512
    }

    /// The place behind the name that begins at octet 12. A question is not compressed.
    private static func endOfName(_ message: [UInt8]) -> Int? {
        var place = 12
        while place < message.count, place - 12 < 255 {
            let length = Int(message[place])
            if length == 0 { return place + 1 }
            guard length < 64 else { return nil }
            place += length + 1
        }
        return nil
    }

    private static func labels(_ name: ArraySlice<UInt8>) -> [String] {
        var labels: [String] = []
        var rest = name
        while let length = rest.popFirst(), length > 0 {
            labels.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
            rest = rest.dropFirst(Int(length))
        }
        return labels
    }
}
