import MailModel
import Testing

@testable import MailProtocol

/// Every document under `fixtures/discovery`: whole, cut short at each octet, and damaged.
struct DocumentTests {
    /// A linear congruential generator (Knuth's constants), so that each run damages alike.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 | state << 31
        }
    }

    private static let interesting = [
        "<", ">", "&", "&#0;", "%", "]]>", "<?x?>", "<!--", "<![CDATA[", "\"", "{", "\0", "<!DOCTYPE", "\u{200E}",
    ]

    @Test func thereAreFixtures() {
        for kind in DiscoveryFixture.Kind.allCases {
            #expect(DiscoveryFixture.all.contains { $0.kind == kind })
        }
    }

    @Test(arguments: DiscoveryFixture.all)
    func facts(_ fixture: DiscoveryFixture) throws {
        #expect(try DiscoveryFacts.read(fixture.octets, as: fixture.kind).lines == fixture.facts)
    }

    /// A document that broke off must not pass for one with fewer servers.
    @Test(arguments: DiscoveryFixture.all)
    func cutShort(_ fixture: DiscoveryFixture) {
        for length in fixture.octets.indices {
            guard let cut = try? DiscoveryFacts.read(Array(fixture.octets[..<length]), as: fixture.kind) else {
                continue
            }
            #expect(cut.lines == fixture.facts, "\(length) octets")
        }
    }

    @Test(arguments: DiscoveryFixture.all)
    func damaged(_ fixture: DiscoveryFixture) {
        for seed in 1...25 {
            var dice = Dice(state: UInt64(seed))
            let octets = Self.damage(fixture.octets, &dice)
            for kind in DiscoveryFixture.Kind.allCases {
                let servers = (try? DiscoveryFacts.read(octets, as: kind))?.servers?.usable ?? []
                #expect(servers.allSatisfy(Self.isSafe), "seed \(seed)")
            }
        }
    }

    private static func isSafe(_ server: DiscoveredServer) -> Bool {
        let username = server.username?.username(for: try? EmailAddress("jane@example.com")) ?? ""
        return HostName.checked(server.endpoint.host) == server.endpoint.host
            && (1...65535).contains(server.endpoint.port) && ServerText(username).escaped == username
    }

    private static func damage(_ octets: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var result = octets
        for _ in 0..<Int.random(in: 1...4, using: &dice) where !result.isEmpty {
            let position = result.indices.randomElement(using: &dice) ?? 0
            switch Int.random(in: 0...4, using: &dice) {
            case 0: result[position] = UInt8.random(in: 0...255, using: &dice)
            case 1: result.insert(contentsOf: Array((interesting.randomElement(using: &dice) ?? "").utf8), at: position)
            case 2: result.remove(at: position)
            case 3: result[position] ^= 0x20
            default: result += result[position...]
            }
        }
        return result
    }
}
