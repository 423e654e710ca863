import Testing

@testable import MailNetwork

@Suite("Clear text before a TLS handshake")
struct PreTLSPlaintextFilterTests {
    private static let record: [UInt8] = [0x16, 3, 3, 0, 1, 9]

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var clear: [UInt8]
        var discards: Bool
        var discarded: Int?

        init(_ name: String, _ clear: [UInt8], discards: Bool, discarded: Int?) {
            testDescription = name
            self.clear = clear
            self.discards = discards
            self.discarded = discarded
        }
    }

    static let rows = [
        Row("nothing, implicit TLS", [], discards: false, discarded: 0),
        Row("nothing, STARTTLS", [], discards: true, discarded: 0),
        Row("a greeting on a TLS port", Array("220 hello\r\n".utf8), discards: false, discarded: nil),
        Row("an injected reply", Array("250 injected\r\n".utf8), discards: true, discarded: 14),
        Row("octets that look like a record's beginning", [0x16, 0x16, 3, 9], discards: true, discarded: 4),
        Row("one octet of a content type", [0x15], discards: true, discarded: 1),
    ]

    @Test("cut at every octet", arguments: rows)
    func everyCut(_ row: Row) {
        let octets = row.clear + Self.record
        for cut in 0...octets.count {
            var prefix = PreTLSPlaintextFilter(discards: row.discards)
            var got: [UInt8] = []
            var isClear = false
            var isTLS = false
            for piece in [octets[..<cut], octets[cut...]] where !isClear {
                guard !isTLS else {
                    got += piece
                    continue
                }
                switch prefix.feed(Array(piece)) {
                case .records(let records):
                    got += records
                    isTLS = true
                case .clear: isClear = true
                case .undecided: break
                }
            }
            #expect(isClear == (row.discarded == nil), "cut at \(cut)")
            guard let discarded = row.discarded else { continue }
            #expect(prefix.discarded == discarded, "cut at \(cut)")
            #expect(got == Self.record, "cut at \(cut)")
        }
    }

    @Test func aFloodIsGivenUp() {
        var prefix = PreTLSPlaintextFilter(discards: true)
        var isClear = false
        for _ in 0..<200 where !isClear {
            if case .clear = prefix.feed([UInt8](repeating: 0x41, count: 1024)) { isClear = true }
        }
        #expect(isClear)
    }
}
