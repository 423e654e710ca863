/// Looks at the first octets that a peer sends where a TLS handshake is due.
///
/// After STARTTLS whatever plaintext stands before the first TLS record was injected, or was meant to be: it is thrown
/// away and counted. On a port with implicit TLS, plaintext means that this is another kind of port.
struct PreTLSPlaintextFilter {
    /// What the octets so far come to.
    enum Verdict {
        /// Not enough octets to tell.
        case undecided
        /// TLS begins; these octets belong to it.
        case records([UInt8])
        /// The peer speaks plaintext: its first octets.
        case clear([UInt8])
    }

    /// How many octets of plaintext are looked through before TLS is given up.
    static let limit = 65_536

    /// Whether clear text may come first and is thrown away.
    let discards: Bool

    /// How many octets were thrown away.
    private(set) var discarded = 0
    private var held: [UInt8] = []

    init(discards: Bool) { self.discards = discards }

    /// Takes the next octets.
    mutating func feed(_ octets: [UInt8]) -> Verdict {
        held += octets
        guard let first = held.first else { return .undecided }
        if Self.mayBegin(first), held.count < 3 { return .undecided }
        if Self.begins(held[...]) { return .records(take()) }
        guard discards else { return .clear(Array(held.prefix(256))) }
        let start = held.indices.first { Self.begins(held[$0...]) } ?? held.endIndex
        let kept = start == held.endIndex ? Self.openEnd(of: held) : start
        discarded += kept
        held.removeFirst(kept)
        if discarded > Self.limit { return .clear(Array(octets.prefix(256))) }
        return Self.begins(held[...]) ? .records(take()) : .undecided
    }

    private mutating func take() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// A handshake record or an alert (RFC 8446, section 5.1).
    private static func begins(_ octets: ArraySlice<UInt8>) -> Bool {
        guard octets.count >= 3 else { return false }
        let start = octets.startIndex
        return mayBegin(octets[start]) && octets[start + 1] == 3 && octets[start + 2] <= 4
    }

    private static func mayBegin(_ octet: UInt8) -> Bool { octet == 0x16 || octet == 0x15 }

    /// Where the last one or two octets could be the beginning of a record that is still on its way.
    private static func openEnd(of octets: [UInt8]) -> Int {
        if let last = octets.last, mayBegin(last) { return octets.count - 1 }
        if octets.count >= 2, mayBegin(octets[octets.count - 2]), octets.last == 3 { return octets.count - 2 }
        return octets.count
    }
}
