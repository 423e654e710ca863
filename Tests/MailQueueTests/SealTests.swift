import MailModel
import Testing

@testable import MailQueue

/// Keys, and what they seal.
struct SealTests {
    private static func file(_ text: String) throws -> KeyFile { try KeyFile(Array(text.utf8)) }
    private static let hex = String(repeating: "0123456789abcdef", count: 4)
    private static let other = String(repeating: "fedcba9876543210", count: 4)

    @Test(arguments: [
        hex, "a:\(hex)", "ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=", "# both\n\na:\(hex)\r\nb:\(other)\n",
    ])
    func keysAreRead(text: String) throws {
        let file = try Self.file(text)
        #expect(file.keys.allSatisfy { $0.octets.octets.count == 32 })
        #expect(file.keys.first?.octets.octets.prefix(3) == [0x01, 0x23, 0x45])
    }

    @Test(arguments: [
        "", "\n", "short", "c2hvcnQ=", "a:\(hex)\na:\(other)", "a b:\(hex)", String(hex.dropLast(1)) + "g",
    ])
    func whatIsNoKeyIsTold(text: String) {
        #expect {
            try Self.file(text)
        } throws: { error in
            (error as? QueueError)?.code == .badFile && !"\(error)".contains("0123")
        }
    }

    @Test func aNewKeyCanBeRead() throws {
        let line = KeyFile.newLine().revealed
        #expect(try Self.file(line).keys.count == 1)
        #expect(line != KeyFile.newLine().revealed)
    }

    private static let label = Seal.Label(.row, batch: "00ff", name: "0a", round: 3)

    @Test func whatIsSealedOpens() throws {
        let seal = Seal(file: try Self.file("a:\(Self.hex)"))
        for text in [[], [1], [UInt8](repeating: 7, count: 5_000)] {
            let sealed = try seal.sealed(text, Self.label)
            let opened = try seal.opened(sealed, .row)
            #expect(opened.octets == text)
            #expect(opened.label == Self.label)
            #expect(try seal.sealed(text, Self.label) != sealed)
        }
        // Older keys open.
        let sealed = try seal.sealed([1, 2], Self.label)
        let newer = Seal(file: try Self.file("b:\(Self.other)\na:\(Self.hex)"))
        #expect(try newer.opened(sealed, .row).octets == [1, 2])
        #expect(throws: Seal.Refusal.notSealed) { try newer.opened(sealed, .answer) }
    }

    /// No octet can be changed, added or taken away.
    @Test func changesAreSeen() throws {
        let seal = Seal(file: try Self.file("a:\(Self.hex)"))
        let sealed = try seal.sealed(Array("a secret".utf8), Self.label)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: Seal.Refusal.self, "octet \(place)") { try seal.opened(changed, .row) }
        }
        for count in 0..<sealed.count {
            #expect(throws: Seal.Refusal.self) { try seal.opened(Array(sealed.prefix(count)), .row) }
        }
        #expect(throws: Seal.Refusal.changed(key: "a")) { try seal.opened(sealed + [0], .row) }
    }

    @Test func anotherKeyIsTold() throws {
        let sealed = try Seal(file: try Self.file("a:\(Self.hex)")).sealed([1], Self.label)
        let sameName = Seal(file: try Self.file("a:\(Self.other)"))
        #expect(throws: Seal.Refusal.changed(key: "a")) { try sameName.opened(sealed, .row) }
        let otherName = Seal(file: try Self.file("b:\(Self.other)"))
        #expect(throws: Seal.Refusal.unknownKey("a")) { try otherName.opened(sealed, .row) }
    }

    @Test(arguments: [
        ("nats://queue.example:4222", true), ("tls://queue.example", true),
        ("nats://[::1]:4222,nats://10.0.0.1:4222", true),
        ("queue.example:4222", false), ("http://queue.example", false), ("nats://", false),
        ("nats://user@queue.example", false), ("nats://user:word@queue.example", false), ("nats://a:0", false),
        ("nats://a,", false), ("nats://a/b", false), ("nats://a b", false),
    ])
    func addressesAreRead(text: String, isAddress: Bool) {
        let address = try? QueueAddress(text)
        #expect((address != nil) == isAddress)
        if let address { #expect(address.needsTLS == text.hasPrefix("tls")) }
    }

    /// The example of https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
    @Test func theKeyOfASeedIsFound() {
        let seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY"
        #expect(NKEY.publicKey(ofSeed: seed) == "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4")
        #expect(NKEY.publicKey(ofSeed: seed.replacing("U3VY", with: "U3VA")) == nil)
        #expect(NKEY.publicKey(ofSeed: "SUA") == nil)
    }
}
