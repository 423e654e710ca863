import MailLoopback
import MailModel
import MailNetwork
import Testing

/// The DNS peer, asked by c-ares.
@Suite struct LoopbackDNSTests {
    static let long = String(repeating: "v=spf1 include:a.test ", count: 40)

    static let zone: [DNSZoneRecord] = [
        DNSZoneRecord("Example.test.", .mx(preference: 20, exchange: "mx2.example.test")),
        DNSZoneRecord("example.test", .mx(preference: 10, exchange: "mx1.example.test")),
        DNSZoneRecord("example.test", .txt("v=spf1 -all")),
        DNSZoneRecord("example.test", .txt(long)),
        DNSZoneRecord("mx1.example.test", .address("127.0.0.7")),
        DNSZoneRecord("mx1.example.test", .address("::1")),
        DNSZoneRecord("_imaps._tcp.example.test", .srv(priority: 1, weight: 2, port: 993, target: "mx1.example.test")),
        DNSZoneRecord("_pop3._tcp.example.test", .srv(priority: 0, weight: 0, port: 0, target: "")),
        DNSZoneRecord("null.test", .mx(preference: 0, exchange: "")),
        DNSZoneRecord("www.example.test", .cname("mx1.example.test")),
        DNSZoneRecord("empty.test", .txt("")),
        DNSZoneRecord("loop.test", .cname("loop.test")),
    ]

    private func ask(
        _ name: String, _ type: DNSRecordType, faults: [String: DNSFault] = [:]
    ) async throws -> (outcome: DNSOutcome, count: Int) {
        let peer = DNSPeer(zone: Self.zone, faults: faults)
        let outcome = try await serving(peer) { port throws in
            // Only what never comes may be waited for in vain.
            let isInVain = faults.values.contains { $0 == .silent || $0 == .garbage }
            let limits = ResolverLimits(
                firstTry: isInVain ? .milliseconds(50) : .seconds(10), tries: 1, deadline: .seconds(30))
            let resolver = try CAresResolver(server: ResolverAddress("127.0.0.1:\(port)"), limits: limits)
            return await resolver.resolve(name, type).outcome
        }
        return (outcome, peer.count(name, type))
    }

    /// A question and its records.
    struct Answer: Sendable {
        var name: String
        var type: DNSRecordType
        var records: Set<DNSRecord>
    }

    static let answers = [
        Answer(
            name: "example.test", type: .mx,
            records: [
                .mx(preference: 10, exchange: "mx1.example.test"), .mx(preference: 20, exchange: "mx2.example.test"),
            ]),
        Answer(name: "example.test", type: .txt, records: [.txt("v=spf1 -all"), .txt(long)]),
        Answer(name: "mx1.example.test", type: .a, records: [.address("127.0.0.7")]),
        Answer(name: "mx1.example.test", type: .aaaa, records: [.address("::1")]),
        Answer(
            name: "_imaps._tcp.example.test", type: .srv,
            records: [.srv(priority: 1, weight: 2, port: 993, target: "mx1.example.test")]),
        Answer(
            name: "_pop3._tcp.example.test", type: .srv,
            records: [.srv(priority: 0, weight: 0, port: 0, target: "")]),
        Answer(name: "null.test", type: .mx, records: [.mx(preference: 0, exchange: "")]),
        Answer(name: "www.example.test", type: .cname, records: [.cname("mx1.example.test")]),
        Answer(name: "www.example.test", type: .a, records: [.address("127.0.0.7")]),
        Answer(name: "empty.test", type: .txt, records: [.txt("")]),
    ]

    @Test(arguments: answers) func records(_ item: Answer) async throws {
        let answer = try await ask(item.name, item.type)
        guard case .records(let records) = answer.outcome else {
            Issue.record("\(answer.outcome)")
            return
        }
        #expect(Set(records.filter { $0.isOf(item.type) }) == item.records)
        #expect(answer.count >= 1)
    }

    @Test(
        arguments: [
            ("nowhere.test", .mx, .nameNotFound), ("example.test", .srv, .noData), ("example.test", .a, .noData),
            ("_tcp.example.test", .txt, .noData), ("test", .a, .noData),
        ] as [(String, DNSRecordType, DNSOutcome)])
    func kindsOfNo(_ name: String, _ type: DNSRecordType, _ outcome: DNSOutcome) async throws {
        #expect(try await ask(name, type).outcome == outcome)
    }

    @Test(
        arguments: [
            (.nameNotFound, .nameNotFound), (.serverFailure, .serverFailure), (.refused, .refused),
            (.silent, .timedOut), (.alwaysTruncated, .broken("the answer is truncated, over TCP too")),
            (.otherOwner, .broken("the answer is about another name")),
        ] as [(DNSFault, DNSOutcome)])
    func faults(_ fault: DNSFault, _ outcome: DNSOutcome) async throws {
        let answer = try await ask("mx1.example.test", .a, faults: ["MX1.example.test": fault])
        #expect(answer.outcome == outcome)
        #expect(answer.count >= 1)
        #expect(try await ask("mx1.example.test", .a, faults: ["*": fault]).outcome == outcome)
    }

    @Test func aFaultIsOnlyForItsName() async throws {
        let answer = try await ask("null.test", .mx, faults: ["mx1.example.test": .serverFailure])
        #expect(answer.outcome == .records([.mx(preference: 0, exchange: "")]))
    }

    @Test func truncatedIsAskedAgainOverTCP() async throws {
        let answer = try await ask("mx1.example.test", .a, faults: ["mx1.example.test": .truncated])
        #expect(answer.outcome == .records([.address("127.0.0.7")]))
        #expect(answer.count == 2)
    }

    @Test func garbageIsNoAnswer() async throws {
        let answer = try await ask("mx1.example.test", .a, faults: ["mx1.example.test": .garbage])
        #expect(![.records([.address("127.0.0.7")]), .noData, .nameNotFound].contains(answer.outcome))
    }

    @Test func aCircleOfAliasesEnds() async throws {
        let answer = try await ask("loop.test", .a)
        #expect(answer.count >= 1)
    }

    @Test(
        arguments: [
            ("a.test A 127.0.0.1", DNSZoneRecord("a.test", .address("127.0.0.1"))),
            ("a.test MX 0 .", DNSZoneRecord("a.test", .mx(preference: 0, exchange: ""))),
            ("A.test. mx 10 B.test.", DNSZoneRecord("a.test", .mx(preference: 10, exchange: "b.test"))),
            ("a.test TXT v=spf1 a  -all", DNSZoneRecord("a.test", .txt("v=spf1 a  -all"))),
            (
                "_x._tcp.a.test SRV 1 2 3 b.test",
                DNSZoneRecord("_x._tcp.a.test", .srv(priority: 1, weight: 2, port: 3, target: "b.test"))
            ),
            ("a.test CNAME b.test", DNSZoneRecord("a.test", .cname("b.test"))),
            ("a.test", nil), ("a.test MX b.test", nil), ("a.test MX 70000 b.test", nil), ("a.test SRV 1 2 b.test", nil),
            ("a.test NS b.test", nil),
        ] as [(String, DNSZoneRecord?)])
    func zoneLine(_ line: String, _ record: DNSZoneRecord?) { #expect(DNSZoneRecord(line: line) == record) }
}

extension DNSRecord {
    fileprivate func isOf(_ type: DNSRecordType) -> Bool {
        switch (self, type) {
        case (.address, .a), (.address, .aaaa), (.mx, .mx), (.txt, .txt), (.srv, .srv), (.cname, .cname): true
        default: false
        }
    }
}
