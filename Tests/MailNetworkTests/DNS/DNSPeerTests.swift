import MailModel
import Testing

@testable import MailNetwork

/// A resolver against a server that behaves as a test says.
@Suite(.timeLimit(.minutes(2))) struct DNSPeerTests {
    /// Quick tries, so that a silent server is given up after some tenths of a second.
    private static let quick = ResolverLimits(firstTry: .milliseconds(40), tries: 2)

    private struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var type = DNSRecordType.a
        var outcome: DNSOutcome
        var script: DNSScriptedPeer.Script
    }

    private static let cases = [
        Case(testDescription: "an address", outcome: .records([.address("192.0.2.1")])) { [$0.address()] },
        Case(testDescription: "NXDOMAIN", outcome: .nameNotFound) { [$0.answer(code: 3)] },
        Case(testDescription: "no data", outcome: .noData) { [$0.answer()] },
        Case(testDescription: "SERVFAIL", outcome: .serverFailure) { [$0.answer(code: 2)] },
        Case(testDescription: "REFUSED", outcome: .refused) { [$0.answer(code: 5)] },
        Case(testDescription: "silence", outcome: .timedOut) { _ in [] },
        Case(testDescription: "another id", outcome: .timedOut) { query in
            var answer = query.address()
            answer[0] ^= 0xFF
            return [answer]
        },
        Case(testDescription: "another question", outcome: .timedOut) { query in
            var answer = query.address()
            answer[13] = UInt8(ascii: "x")
            return [answer]
        },
        Case(testDescription: "a forged id before the true one", outcome: .records([.address("192.0.2.7")])) { query in
            var forged = query.address(66)
            forged[1] ^= 0x01
            return [forged, query.address(7)]
        },
        Case(testDescription: "garbage", outcome: .timedOut) { _ in [[1, 2, 3], [UInt8](repeating: 0xFF, count: 600)] },
        Case(testDescription: "truncated, then TCP", outcome: .records([.address("192.0.2.9")])) { query in
            query.isTCP ? [query.address(9)] : [query.answer(truncated: true)]
        },
        Case(
            testDescription: "truncated, over TCP too", outcome: .broken(DNSMessageError.truncated.reason)
        ) { [$0.answer(truncated: true)] },
        Case(testDescription: "the answer about another name", outcome: .broken(DNSMessageError.otherOwner.reason)) {
            [$0.answer([DNSWire.record("other.example", 1, [192, 0, 2, 1])])]
        },
        Case(testDescription: "the query sent back", outcome: .broken(DNSMessageError.noAnswer.reason)) { [$0.octets] },
        Case(testDescription: "aliases that are not followed", outcome: .records([.address("192.0.2.3")])) { query in
            switch query.name {
            case "name.example": [query.answer([DNSWire.record(query.name, 5, DNSWire.name("Second.Example"))])]
            case "second.example": [query.answer([DNSWire.record(query.name, 5, DNSWire.name("third.example"))])]
            default: [query.address(3)]
            }
        },
        Case(testDescription: "an alias to nothing", outcome: .nameNotFound) { query in
            query.name == "name.example"
                ? [query.answer([DNSWire.record(query.name, 5, DNSWire.name("gone.example"))])]
                : [query.answer(code: 3)]
        },
        Case(
            testDescription: "aliases in a circle over several answers",
            outcome: .broken(DNSMessageError.aliasLoop.reason)
        ) { query in
            let next = query.name == "name.example" ? "second.example" : "name.example"
            return [query.answer([DNSWire.record(query.name, 5, DNSWire.name(next))])]
        },
        Case(testDescription: "no EDNS spoken", outcome: .records([.address("192.0.2.1")])) { query in
            query.hasEDNS ? [query.answer(code: 1)] : [query.address()]
        },
    ]

    @Test("What a server does, and what it is called", arguments: cases)
    private func outcome(_ item: Case) async throws {
        try await DNSScriptedPeer.run(item.script) { peer in
            let resolver = try CAresResolver(server: peer.address, limits: Self.quick)
            let response = await resolver.resolve("Name.Example.", item.type)
            #expect(response.outcome == item.outcome)
            #expect(response.name == "name.example")
        }
    }

    @Test("What makes no sense is broken, with a reason") func broken() async throws {
        let scripts: [DNSScriptedPeer.Script] = [
            { [$0.answer(code: 4)] },
            { [$0.answer([DNSWire.record($0.name, 1, [192, 0, 2])])] },
            { [Array($0.address().dropLast())] },
            { $0.isTCP ? [] : [$0.answer(truncated: true)] },
        ]
        for script in scripts {
            try await DNSScriptedPeer.run(script) { peer in
                let resolver = try CAresResolver(server: peer.address, limits: Self.quick)
                let outcome = await resolver.resolve("name.example", .a).outcome
                guard case .broken(let reason) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(!reason.isEmpty)
            }
        }
    }

    @Test("Nobody listens: broken, at once") func nobody() async throws {
        let resolver = try CAresResolver(server: ResolverAddress("127.0.0.1:\(LoopbackPort.free())"))
        let outcome = await resolver.resolve("name.example", .a).outcome
        guard case .broken = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test("An answer of 60,000 octets comes whole, over TCP; one with too many records is refused")
    func huge() async throws {
        let text = [UInt8](repeating: UInt8(ascii: "t"), count: 255)
        try await DNSScriptedPeer.run { query in
            if !query.isTCP { return [query.answer(truncated: true)] }
            let many = query.name.hasPrefix("many")
            let record = many ? DNSWire.record("", 16, [0]) : DNSWire.record(query.name, 16, [255] + text)
            return [query.answer([[UInt8]](repeating: record, count: many ? 1_001 : 200))]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            #expect(await resolver.resolve("name.example", .txt).records.count == 200)
            let many = await resolver.resolve("many.example", .txt).outcome
            #expect(many == .broken(DNSMessageError.tooManyRecords.reason))
        }
    }

    @Test("A second server is asked when the first refuses, fails or is silent", arguments: [2, 5, nil])
    func secondServer(code: Int?) async throws {
        try await DNSScriptedPeer.run { query in
            code.map { [query.answer(code: $0)] } ?? []
        } body: { first in
            try await DNSScriptedPeer.run {
                [$0.address(2)]
            } body: { second in
                let servers = [try first.address, try second.address]
                let resolver = try CAresResolver(servers: servers, limits: Self.quick, hosts: nil)
                #expect(await resolver.resolve("name.example", .a).records == [.address("192.0.2.2")])
                #expect(!first.queries.isEmpty)
            }
        }
    }

    @Test("When all servers fail, the first one's word stands") func allFail() async throws {
        try await DNSScriptedPeer.run {
            [$0.answer(code: 2)]
        } body: { first in
            try await DNSScriptedPeer.run {
                [$0.answer(code: 5)]
            } body: { second in
                let servers = [try first.address, try second.address]
                let resolver = try CAresResolver(servers: servers, limits: Self.quick, hosts: nil)
                #expect(await resolver.resolve("name.example", .a).outcome == .serverFailure)
            }
        }
    }

    @Test("A server without EDNS, asked many things at once, answers them all") func manyWithoutEDNS() async throws {
        try await DNSScriptedPeer.run {
            $0.hasEDNS ? [$0.answer(code: 1)] : [$0.address()]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            let answered = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<50 {
                    group.addTask { await resolver.resolve("n\(number).example", .a).records.count == 1 }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 50)
        }
    }

    @Test("A server that closes after each answer over TCP answers everything all the same") func closing() async throws
    {
        try await DNSScriptedPeer.run {
            $0.isTCP ? [$0.address()] : [$0.answer(truncated: true)]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address, limits: ResolverLimits(deadline: .seconds(600)))
            let answered = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask { await resolver.resolve("n\(number).example", .a).records.count == 1 }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 40)
        }
    }
}
