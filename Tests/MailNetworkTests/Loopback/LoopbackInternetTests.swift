import Foundation
import MailLoopback
import MailModel
import MailNetwork
import MailTestSupport
import Testing

/// The small internet: its addresses, its names, and the one of the demonstration.
@Suite struct LoopbackInternetTests {
    private func plan() throws -> InternetPlan {
        try InternetPlan(folder: URL(filePath: Repository.path("fixtures/demo"), directoryHint: .isDirectory))
    }

    @Test func eachHostHasAnAddress() async throws {
        let script = try Dialogue("S: hi")
        let sites = [("A.test", 587), ("a.test", 993), ("b.test", 587)].map {
            LoopbackSite(host: $0.0, port: $0.1, peer: MailPeer(script: script, tls: nil))
        }
        let internet = LoopbackInternet(sites: sites, zone: [])
        let routes = try await internet.start()
        let places = [("a.test", 587), ("a.test", 993), ("b.test", 587)].map {
            routes.addresses.place(host: $0.0, port: $0.1)
        }
        #expect(places.map(\.address) == ["127.77.1.1", "127.77.1.1", "127.77.1.2"])
        #expect(Set(places).count == 3 && !places.contains { [587, 993].contains($0.port) })
        for place in places {
            #expect(try await LoopbackClient.connect(place.port, address: place.address).line() == "hi")
        }
        let byAddress = routes.addresses.place(host: "127.77.1.2", port: 587)
        #expect(byAddress == places[2])
        #expect(routes.addresses.rerouted(host: "b.test", port: 587)?.port == places[2].port)
        #expect(routes.addresses.rerouted(host: "b.test", port: 25) == nil)
        #expect(routes.addresses.place(host: "192.0.2.1", port: 1).description == "192.0.2.1:1")
        #expect(routes.addresses.entries.count == 3)
        await internet.stop()
    }

    @Test func aTakenPortStopsEverything() async throws {
        let script = try Dialogue("S: hi")
        let peer = MailPeer(script: script, tls: nil)
        let other = MailPeer(script: script, tls: nil)
        let sites = [
            LoopbackSite(host: "b.test", port: 1, peer: other), LoopbackSite(host: "a.test", port: 1, peer: peer),
        ]
        try await serving(peer) { port throws in
            let internet = LoopbackInternet(sites: sites, zone: [])
            await #expect(throws: LoopbackError.self) { try await internet.start() }
        }
        #expect(try await other.start() > 0)
        await other.stop()
    }

    @Test func theDemonstrationAnswersAsPlanned() async throws {
        let authority = try CertificateAuthority()
        let plan = try plan()
        let internet = try plan.build(authority: authority)
        let routes = try await internet.start()
        let limits = ResolverLimits(firstTry: .seconds(5), tries: 2, deadline: .seconds(30))
        let resolver = try CAresResolver(server: ResolverAddress(routes.resolver.description), limits: limits)
        for site in internet.sites {
            let answer = await resolver.resolve(site.host, .a)
            let place = routes.addresses.place(host: site.host, port: site.port)
            #expect(answer.outcome == .records([.address(place.address)]), "\(site.host)")
            _ = try await LoopbackClient.connect(place.port, address: place.address)
        }
        for account in plan.accounts {
            let address = try EmailAddress(account.address)
            let records = await resolver.resolve(address.domain.description, .mx).records
            #expect(!records.isEmpty, "\(account.address)")
            #expect(!account.about.isEmpty && !account.displayName.isEmpty)
        }
        await internet.stop()
    }

    /// Who logs in where, and how the server must answer.
    @Test(
        arguments: [
            ("smtp.gmail.com", 465, "anna@harbour-books.test", "235 "),
            ("smtp.gmail.com", 465, "ben@harbour-books.test", "534-"),
            ("mail.cedar-studio.test", 465, "dora@cedar-studio.test", "235 "),
            ("mail.cedar-studio.test", 465, "emil@cedar-studio.test", "535 "),
            ("imap.gmail.com", 993, "anna@harbour-books.test", "* CAPABILITY"),
            ("imap.gmail.com", 993, "ben@harbour-books.test", "a NO [ALERT]"),
            ("outlook.office365.com", 993, "carl@northwind-tools.test", "a NO "),
            ("mail.cedar-studio.test", 993, "dora@cedar-studio.test", "a OK "),
        ] as [(String, Int, String, String)])
    func login(_ host: String, _ port: Int, _ username: String, _ reply: String) async throws {
        let authority = try CertificateAuthority()
        let plan = try plan()
        let account = try #require(plan.accounts.first { $0.address == username })
        let internet = try plan.build(authority: authority)
        let place = try await internet.start().addresses.place(host: host, port: port)
        let client = try await LoopbackClient.connect(place.port, address: place.address)
        let facts = try await client.startTLS(authority, host: host)
        #expect(facts.chain == .trusted && facts.hostNameMatches)
        _ = try await client.line()
        let plain = Data("\0\(username)\0\(account.password ?? "")".utf8).base64EncodedString()
        let command = port == 465 ? "AUTH PLAIN \(plain)" : "a AUTHENTICATE PLAIN \(plain)"
        #expect(try await client.ask(command).hasPrefix(reply))
        await internet.stop()
    }

    @Test(arguments: ["internet.json", "missing"]) func brokenPlan(_ name: String) async throws {
        try await LoopbackTool.withFiles([#"{"sites":[],"zone":["x"],"accounts":[]}"#]) { files throws in
            let file = URL(filePath: files[0])
            try FileManager.default.moveItem(at: file, to: file.deletingLastPathComponent().appending(path: name))
            #expect(throws: InternetPlanError.self) {
                try InternetPlan(folder: file.deletingLastPathComponent()).build(authority: CertificateAuthority())
            }
        }
    }
}
