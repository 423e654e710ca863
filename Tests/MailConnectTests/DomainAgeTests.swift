import Foundation
import MailConnect
import MailModel
import MailNetwork
import MailTestSupport
import ProviderCatalog
import Synchronization
import Testing

/// The age of a domain, asked of a public service only when the user allows that.
@Suite struct DomainAgeTests {
    /// Answers everything with one body, and keeps what it was asked.
    private final class OneAnswer: HTTPSending {
        private let status: Int
        private let body: String
        /// The only name that it knows, nil for all.
        private let only: String?
        private let asked = Mutex<[HTTPRequest]>([])

        init(_ status: Int, _ body: String, only: String? = nil) {
            self.status = status
            self.body = body
            self.only = only
        }

        var requests: [HTTPRequest] { asked.withLock(\.self) }

        func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
            asked.withLock { $0.append(request) }
            guard status > 0 else { throw HTTPFailure(kind: .timedOut, requestMayHaveLeft: true, detail: "too late") }
            if let only, !request.url.hasSuffix("/" + only) {
                return HTTPResponse(status: 404, headers: [], body: [], url: request.url)
            }
            return HTTPResponse(status: status, headers: [], body: Array(body.utf8), url: request.url)
        }
    }

    /// Knows no name.
    private struct NoNames: DNSResolving {
        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            DNSResponse(name: name, type: type, outcome: .nameNotFound, duration: .zero)
        }
    }

    private func diagnose(_ http: OneAnswer, reach: Reach, shape: (inout Account) -> Void = { _ in }) async throws
        -> Diagnosis
    {
        let network = NetworkStack(resolver: NoNames(), http: http)
        var request = Account(address: try EmailAddress("jane@example-company.test"))
        request.smtpEndpoint = Endpoint(service: .smtp, host: "127.0.0.1", port: 1, security: .tls)
        request.imapEndpoint = Endpoint(service: .imap, host: "127.0.0.1", port: 1, security: .tls)
        request.reach = reach
        request.timeout = .seconds(5)
        shape(&request)
        return try await Engine(catalog: try RepositoryCatalog.catalog(), network: network).checked(request)
    }

    private static func registered(daysAgo days: Int, _ more: String = "") -> String {
        let date = Date(timeIntervalSinceNow: -Double(days) * 86_400 - 60).formatted(.iso8601)
        return #"{"events":[{"eventAction":"last changed","eventDate":"2026-01-01T00:00:00Z"},"#
            + #"{"eventAction":"registration","eventDate":"\#(date)"}\#(more)]}"#
    }

    @Test(arguments: [
        (200, registered(daysAgo: 10), EvidenceOutcome.found, "domain_new"),
        (200, registered(daysAgo: 90), .found, "domain_age_only"),
        (200, registered(daysAgo: 400), .found, "old_domain"),
        (
            200, registered(daysAgo: 400, #",{"eventAction":"registration","eventDate":"2999-01-01T00:00:00.5Z"}"#),
            .found, "old_domain"
        ),
        (
            200, #"{"events":[{"eventAction":"registration","eventDate":"2999-01-01T00:00:00Z"}]}"#, .none,
            "nothing_known"
        ),
        (200, #"{"events":[{"eventAction":"registration","eventDate":"yesterday"}]}"#, .none, "nothing_known"),
        (200, #"{"events":[{"eventAction":"expiration","eventDate":"2027-01-01T00:00:00Z"}]}"#, .none, "nothing_known"),
        (200, "<html></html>", .none, "nothing_known"), (200, "{}", .none, "nothing_known"),
        (404, #"{"errorCode":404}"#, .none, "nothing_known"), (0, "", .timedOut, "nothing_known"),
    ])
    func whatTheServiceSays(status: Int, body: String, outcome: EvidenceOutcome, reason: String) async throws {
        let http = OneAnswer(status, body)
        let diagnosis = try await diagnose(http, reach: .thirdParties)
        let line = try #require(diagnosis.evidence.first { $0.source == .rdap })
        #expect(line.outcome == outcome)
        #expect(diagnosis.dailyLimit?.details.map(\.id).contains(reason) == true)
        let asked = try #require(http.requests.first { $0.url.contains("example-company.test") })
        #expect(asked.url.hasPrefix("https://") && asked.url.hasSuffix("/example-company.test"))
        #expect(asked.maximumResponseLength <= 262_144 && asked.timeout <= .seconds(5))
        #expect(asked.headers.map(\.name) == ["Accept"])
    }

    @Test(arguments: [Reach.everything, .dnsOnly, .offline]) func nobodyIsAskedUnlessAllowed(reach: Reach) async throws
    {
        let http = OneAnswer(200, Self.registered(daysAgo: 10))
        let diagnosis = try await diagnose(http, reach: reach)
        #expect(!diagnosis.evidence.contains { $0.source == .rdap })
        #expect(!http.requests.contains { $0.url.contains("rdap") })
    }

    @Test(arguments: [("mail.eu.company.test", "company.test"), ("shop.example.co.uk", "example.co.uk")])
    func theRegisteredDomainIsAskedFor(domain: String, registered: String) async throws {
        let http = OneAnswer(200, Self.registered(daysAgo: 10), only: registered)
        let diagnosis = try await diagnose(http, reach: .thirdParties) {
            $0.domain = (try? DomainName(domain)) ?? $0.domain
        }
        #expect(diagnosis.dailyLimit?.details.map(\.id).contains("domain_new") == true)
        #expect(http.requests.count { $0.url.contains("/domain/") } == 1)
        #expect(diagnosis.disclosures.contains { $0.isThirdParty && $0.matter == .domain })
    }

    @Test func ofAProvidersOwnDomainNobodyIsAsked() async throws {
        let http = OneAnswer(200, Self.registered(daysAgo: 10))
        _ = try await diagnose(http, reach: .thirdParties) {
            $0.domain = (try? DomainName("gmail.com")) ?? $0.domain
        }
        #expect(!http.requests.contains { $0.url.contains("/domain/") })
    }
}

/// Where a provider offers both, `add` prefers IMAP with TLS from the start, which the API documents. The catalogue of this
/// source tree has that first everywhere, so the one of the test is turned round.
@Suite struct PreferredIMAPTests {
    @Test(arguments: [(false, 143), (true, 993)]) func order(prefers: Bool, port: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "turned-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: URL(filePath: Repository.path("providers")), to: folder)
        let file = folder.appending(path: "profiles/vivaldi.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        let turned = text.replacing(#""port": 993, "security": "tls""#, with: "SECURE")
            .replacing(#""port": 143, "security": "starttls""#, with: #""port": 993, "security": "tls""#)
            .replacing("SECURE", with: #""port": 143, "security": "starttls""#)
        #expect(turned != text)
        try Data(turned.utf8).write(to: file)
        let engine = Engine(
            catalog: try Catalog.load(from: folder.path),
            network: NetworkStack(resolver: CachingResolver(try CAresResolver(server: ResolverAddress("127.0.0.1:1")))))
        var request = Account(address: try EmailAddress("jane@vivaldi.net"))
        request.reach = .offline
        request.prefersIMAPOverTLS = prefers
        let diagnosis = try await engine.report(on: request)
        #expect(diagnosis.settings?.imap.port == port)
        #expect(diagnosis.alternatives.isEmpty == false)
    }
}
