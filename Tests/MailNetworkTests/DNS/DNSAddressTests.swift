import MailModel
import Testing

@testable import MailNetwork

/// What is known without a query: server addresses, literal names, `localhost`, the hosts file.
@Suite struct DNSAddressTests {
    @Test(
        "Addresses of name servers",
        arguments: [
            ("192.0.2.1", "192.0.2.1:53"), ("192.0.2.1:5353", "192.0.2.1:5353"), ("2001:DB8::1", "[2001:db8::1]:53"),
            ("[2001:db8::1]", "[2001:db8::1]:53"), ("[2001:db8:0:0::1]:65535", "[2001:db8::1]:65535"),
            ("::1", "[::1]:53"),
        ])
    func address(text: String, canonical: String) throws {
        #expect(try ResolverAddress(text).description == canonical)
    }

    @Test(
        "What is no address of a name server",
        arguments: [
            "", ":", "dns.example", "192.0.2", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:+53",
            "192.0.2.1:53x", "[192.0.2.1]:53", "[::1", "[::1]53", "[::1]:", "::1%lo", "192.0.2.1, 192.0.2.2", "[]:53",
            "0x7f.1", " 192.0.2.1",
        ])
    func badAddress(text: String) {
        #expect(throws: ResolverError.badAddress(text)) { try ResolverAddress(text) }
    }

    @Test("An error text shows no control characters") func errorText() {
        #expect(!ResolverError.badAddress("1\u{1B}[31m").description.contains("\u{1B}"))
    }

    @Test(
        "Names that need no query",
        arguments: [
            ("192.0.2.1", DNSRecordType.a, DNSOutcome.records([.address("192.0.2.1")])),
            ("192.0.2.1", .aaaa, .noData), ("192.0.2.1", .mx, .noData),
            ("2001:DB8:0::1", .aaaa, .records([.address("2001:db8::1")])), ("2001:db8::1", .a, .noData),
            ("localhost", .a, .records([.address("127.0.0.1")])),
            ("LocalHost.", .aaaa, .records([.address("::1")])), ("a.localhost", .a, .records([.address("127.0.0.1")])),
            ("localhost", .mx, .noData),
        ])
    func known(name: String, type: DNSRecordType, outcome: DNSOutcome) async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            #expect(await resolver.resolve(name, type).outcome == outcome)
            #expect(peer.queries.isEmpty)
        }
    }

    @Test(
        "Names that cannot be asked for",
        arguments: [
            "", ".", "a..example", ".example", "example..", String(repeating: "a", count: 64) + ".example",
            String(repeating: "a.", count: 127) + "a", "b\u{FC}cher.example", "a b.example", "a\\.example",
            "a\0.example",
            "a\u{1B}.example",
        ])
    func illegal(name: String) async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            guard case .broken = await resolver.resolve(name, .txt).outcome else {
                Issue.record("it was asked")
                return
            }
            #expect(peer.queries.isEmpty)
        }
    }

    @Test("A label of 63 octets and a name of 253 are asked for") func longest() async throws {
        let label = String(repeating: "a", count: 63)
        let name = "\(label).\(label).\(label).\(label.prefix(61))"
        #expect(name.utf8.count == 253)
        try await DNSScriptedPeer.run {
            [$0.address()]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            #expect(await resolver.resolve(name, .a).records == [.address("192.0.2.1")])
        }
    }

    @Test(
        "The hosts file",
        arguments: [
            ("one.test", DNSRecordType.a, DNSOutcome?.some(.records([.address("192.0.2.1"), .address("192.0.2.2")]))),
            ("alias.test", .a, .records([.address("192.0.2.1")])), ("alias.test", .aaaa, .noData),
            ("six.test", .aaaa, .records([.address("2001:db8::6")])), ("none.test", .a, nil), ("one.test", .mx, nil),
            ("hidden.test", .a, nil), ("bad.test", .a, nil),
        ])
    func hosts(name: String, type: DNSRecordType, outcome: DNSOutcome?) {
        let text = """
            # 192.0.2.9 hidden.test
            192.0.2.1\tONE.test  Alias.test # hidden.test
            192.0.2.2 one.test
            2001:db8::6 six.test
            192.0.2 bad.test
            192.0.2.3
            """
        #expect(HostsFile(text: text).answer(to: DNSQuestion(name, type)) == outcome)
    }

    @Test("A resolver uses its hosts file before it asks") func hostsFirst() async throws {
        try await DNSScriptedPeer.run {
            [$0.address(2)]
        } body: { peer in
            let resolver = try CAresResolver(
                servers: [try peer.address], limits: ResolverLimits(), hosts: HostsFile(text: "192.0.2.1 here.test"))
            #expect(await resolver.resolve("here.test", .a).records == [.address("192.0.2.1")])
            #expect(await resolver.resolve("there.test", .a).records == [.address("192.0.2.2")])
        }
    }

    @Test("A missing hosts file is an empty one") func noHostsFile() {
        #expect(HostsFile(path: "/nonexistent/hosts").answer(to: DNSQuestion("localhost.test", .a)) == nil)
    }

    @Test("The system's resolver can be opened") func system() async throws {
        let resolver = try CAresResolver()
        #expect(await resolver.resolve("localhost", .a).records == [.address("127.0.0.1")])
    }
}
