import Foundation
import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

/// What a server may do after the handshake, and sessions that are resumed.
@Suite("TLS after the handshake, and resumed", .timeLimit(.minutes(2)))
struct TLSPeerTests {
    private static let name = "mail.example.test"
    private let authority: CertificateAuthority

    init() throws { authority = try CertificateAuthority() }

    private func server(
        _ version: TLSVersion? = nil, certificate: CertificateRequest? = nil, demands: Bool = false
    ) throws -> TLSServerContext {
        let issued = try authority.issue(certificate ?? CertificateRequest(names: [Self.name]))
        return try TLSServerContext(
            certificateChainPEM: issued.chainPEM, privateKeyPEM: issued.privateKeyPEM, minimumVersion: version,
            maximumVersion: version, demandsClientCertificate: demands)
    }

    private func client(_ store: TLSSessionStore? = nil) async throws -> TLSClientContext {
        try await LoopbackTool.withFiles([authority.certificatePEM]) {
            try TLSClientContext(caFile: $0[0], sessions: store)
        }
    }

    private func connect(_ port: Int) async throws -> MailConnection {
        let connector = TCPConnector(resolver: CachingResolver(try CAresResolver()))
        return try #require(
            await connector.connect(host: "127.0.0.1", port: port, until: .now + .seconds(20)).connection)
    }

    private func line(_ connection: MailConnection) async throws -> String {
        var octets: [UInt8] = []
        while octets.last != 0x0A { octets += try await connection.read(until: .now + .seconds(20)) }
        return String(decoding: octets, as: UTF8.self)
    }

    /// One connection that hears a greeting.
    private func greet(_ port: Int, _ context: TLSClientContext, host: String = name) async throws -> TLSFacts {
        let connection = try await connect(port)
        let facts = try await connection.startTLS(
            context, host: host, afterStartTLS: false, until: .now + .seconds(20))
        #expect(try await line(connection) == "220 hi\n")
        connection.write(Array("QUIT\n".utf8))
        #expect(try await line(connection) == "221 bye\n")
        connection.close()
        return facts
    }

    private static let polite: TLSPeer.Script = { session in
        session.say("220 hi\n")
        if session.wait(for: "QUIT") { session.say("221 bye\n") }
        session.engine.closeNotify()
        session.flush()
    }

    @Test("An answer to a KeyUpdate leaves at once, not with the next words") func keyUpdate() async throws {
        let script: TLSPeer.Script = { session in
            session.engine.askForKeyUpdate()
            session.flush()
            session.say("220 hi\n")
            // The client says nothing: what comes now is its own KeyUpdate.
            guard session.receive() else { return }
            session.say("250 updated\n")
        }
        try await TLSPeer.run(try server(.v1_3), script) { port in
            let connection = try await connect(port)
            _ = try await connection.startTLS(
                try await client(), host: Self.name, afterStartTLS: false, until: .now + .seconds(20))
            var text = ""
            while !text.hasSuffix("updated\n") { text += try await line(connection) }
            #expect(text == "220 hi\n250 updated\n")
            connection.close()
        }
    }

    @Test("A HelloRequest is refused at once, and what follows is told as that") func renegotiation() async throws {
        let script: TLSPeer.Script = { session in
            session.engine.askForRenegotiation()
            session.flush()
            // The warning comes although the client has nothing to say; without it, this would wait for its deadline.
            _ = session.receive()
        }
        try await TLSPeer.run(try server(.v1_2), script) { port in
            let connection = try await connect(port)
            _ = try await connection.startTLS(
                try await client(), host: Self.name, afterStartTLS: false, until: .now + .seconds(20))
            let begin = ContinuousClock.now
            let error = await #expect(throws: ConnectionError.self) {
                try await connection.read(until: .now + .seconds(20))
            }
            guard case .tls(.other)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(ContinuousClock.now - begin < .seconds(5))
            connection.close()
        }
    }

    @Test("A server that demands a client certificate says so by an alert, after the handshake with TLS 1.3")
    func clientCertificate() async throws {
        try await TLSPeer.run(try server(.v1_3, demands: true), Self.polite) { port in
            let connection = try await connect(port)
            _ = try await connection.startTLS(
                try await client(), host: Self.name, afterStartTLS: false, until: .now + .seconds(20))
            let error = await #expect(throws: ConnectionError.self) {
                try await connection.read(until: .now + .seconds(20))
            }
            guard case .tls(.alert(116, _))? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        try await TLSPeer.run(try server(.v1_2, demands: true), Self.polite) { port in
            let connection = try await connect(port)
            let context = try await client()
            let error = await #expect(throws: HandshakeError.self) {
                try await connection.startTLS(
                    context, host: Self.name, afterStartTLS: false, until: .now + .seconds(20))
            }
            guard case .failed(.alert(40, _), _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("A session is resumed with the facts of the full handshake", arguments: [TLSVersion.v1_2, .v1_3])
    func resumed(_ version: TLSVersion) async throws {
        let store = TLSSessionStore()
        let context = try await client(store)
        try await TLSPeer.run(try server(version), Self.polite) { port in
            let full = try await greet(port, context)
            #expect(!full.isResumed && full.chain == .trusted && store.count > 0)
            for _ in 0..<3 {
                var facts = try await greet(port, context)
                #expect(facts.isResumed && facts.version == version)
                #expect(VerifiedChannel(facts) != nil)
                (facts.isResumed, facts.cipherSuite) = (false, full.cipherSuite)
                #expect(facts == full)
            }
            #expect(context.counters.full == 1 && context.counters.resumed == 3)
            // Another name, other roots, or no store: everything is shown again.
            #expect(try await !greet(port, context, host: "127.0.0.1").isResumed)
            #expect(try await !greet(port, client(store)).isResumed)
            #expect(try await !greet(port, client()).isResumed)
        }
    }

    @Test("What did not verify is never resumed") func unverified() async throws {
        let store = TLSSessionStore()
        let context = try await client(store)
        let requests = [
            CertificateRequest(names: ["other.example.test"]), .expired(names: [Self.name]),
            CertificateRequest(names: [Self.name], issuerIsSelf: true),
        ]
        for request in requests {
            try await TLSPeer.run(try server(certificate: request), Self.polite) { port in
                for _ in 0..<2 {
                    let facts = try await greet(port, context)
                    #expect(!facts.isResumed && VerifiedChannel(facts) == nil)
                }
            }
        }
        #expect(store.count == 0)
    }

    @Test("Ten minutes after the full handshake everything is shown again, however often it was renewed")
    func age() async throws {
        let time = TestTime()
        let store = TLSSessionStore { time.now }
        let context = try await client(store)
        try await TLSPeer.run(try server(.v1_3), Self.polite) { port in
            _ = try await greet(port, context)
            time.advance(by: .seconds(599))
            #expect(try await greet(port, context).isResumed)
            time.advance(by: .seconds(1))
            #expect(try await !greet(port, context).isResumed)
        }
    }
}
