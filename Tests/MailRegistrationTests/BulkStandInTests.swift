import Foundation
import MailLoopback
import MailModel
import MailNetwork
import MailRegistration
import Testing

/// Bulk registration over HTTPS with the strict stand-in of the API.
@Suite struct BulkStandInTests {
    /// Knows one name, on loopback.
    private struct OneName: DNSResolving {
        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            let outcome: DNSOutcome = type == .a ? .records([.address("127.0.0.1")]) : .noData
            return DNSResponse(name: name, type: type, outcome: outcome, duration: .zero)
        }
    }

    private struct End {
        var outcomes: [RegistrationOutcome]
        var journal: [JournalEntry.State]
        var octets: [UInt8]
    }

    private static func account(_ number: Int) -> TestAccount {
        var account = TestAccount()
        account.address = "user\(number)@example.com"
        account.smtpPassword = "S3nd me+\(number)/é\"q"
        return account
    }

    private func register(_ peer: RegistrationPeer, _ authority: CertificateAuthority, _ accounts: [TestAccount])
        async throws -> End
    {
        let port = try await peer.start()
        defer { Task { await peer.stop() } }
        return try await JournalFolder.with { folder in
            let journal = try folder.open()
            let caFile = folder.folder.appending(path: "ca.pem")
            try Data(authority.certificatePEM.utf8).write(to: caFile)
            let http = try CurlHTTPClient(resolver: OneName(), caFile: caFile.path, userAgent: "test")
            let client = try RegistrationClient(
                base: APIBase("https://api.example.test:\(port)"), key: APIKey(Secret(TestAccount.key)), http: http)
            let registration = BulkRegistration(
                client: client, journal: journal, pace: RequestPace(), clock: TestClock().clock)
            let items = try accounts.map {
                BulkRegistration.Item(request: try $0.request(), permit: try $0.permit())
            }
            let outcomes = try await registration.register(items, budget: .seconds(120))
            let states = try await journal.entries().reversed().map(\.state)
            return End(outcomes: outcomes, journal: states, octets: try folder.octets())
        }
    }

    private func peer(_ faults: [RegistrationFault] = []) throws -> (RegistrationPeer, CertificateAuthority) {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(CertificateRequest(names: ["api.example.test"]))
        return (RegistrationPeer(certificate: certificate, faults: faults), authority)
    }

    private func expectNoSecret(_ end: End, _ accounts: [TestAccount]) {
        var shown = ""
        dump(end.outcomes, to: &shown)
        let kept = Data(end.octets)
        for secret in accounts.flatMap({ [$0.smtpPassword, $0.imapPassword] }) + [TestAccount.key] {
            for form in [secret, Data(secret.utf8).base64EncodedString(), secret.replacing("\"", with: "\\\"")] {
                #expect(!shown.contains(form))
                #expect(kept.range(of: Data(form.utf8)) == nil)
            }
        }
    }

    @Test func partialFailuresAreToldAccountByAccount() async throws {
        let (peer, authority) = try peer([.failing(addresses: ["user1@example.com", "user4@example.com"])])
        let accounts = (0..<6).map(Self.account)
        let end = try await register(peer, authority, accounts)
        let expected: [RegistrationOutcome.Status] = [
            .registered, .refused, .registered, .registered, .refused, .registered,
        ]
        #expect(end.outcomes.map(\.status) == expected)
        #expect(end.outcomes[1].reason.contains("Connection failed"))
        #expect(end.outcomes.map { $0.inboxID != nil } == expected.map { $0 == .registered })
        #expect(end.journal == expected.map { $0 == .registered ? .registered : .refused })
        #expect(peer.bulkPosts == 1 && peer.posts == 0)
        #expect(peer.stored.count == 4)
        expectNoSecret(end, accounts)
    }

    @Test(arguments: [
        (RegistrationFault.unauthorized, RegistrationOutcome.Status.refused), (.forbidden, .refused),
        (.unprocessable, .refused), (.serverError, .unknown), (.resetAfterStoring, .unknown), (.garbage, .unknown),
        (.notSuccessful, .refused), (.reset, .unknown),
    ])
    func aFaultOfTheWholeRequest(fault: RegistrationFault, status: RegistrationOutcome.Status) async throws {
        let (peer, authority) = try peer([fault])
        let accounts = (0..<3).map(Self.account)
        let end = try await register(peer, authority, accounts)
        #expect(end.outcomes.map(\.status) == [status, status, status])
        #expect(peer.bulkPosts == 1)
        expectNoSecret(end, accounts)
    }

    @Test func aHundredAndOneTakeTwoRequests() async throws {
        let (peer, authority) = try peer()
        let end = try await register(peer, authority, (0..<101).map(Self.account))
        #expect(end.outcomes.allSatisfy { $0.status == .registered })
        #expect(peer.bulkPosts == 2 && peer.stored.count == 101)
    }
}
