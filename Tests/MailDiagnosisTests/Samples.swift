import Foundation
import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

/// Facts as the checks bring them home, made short.
enum Samples {
    static let smtp = Endpoint(service: .smtp, host: "smtp.example.com", port: 587, security: .starttls)
    static let smtps = Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .tls)
    static let imap = Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
    static let noon = Date(timeIntervalSince1970: 1_795_348_800)

    static func failed(_ endpoint: Endpoint, _ check: String, _ stage: Stage, _ failure: Failure) -> Observation {
        Observation(
            id: CheckID("\(endpoint.service.rawValue).\(check)"), stage: stage, endpoint: endpoint,
            outcome: .failed(failure),
            duration: .milliseconds(5))
    }

    static func mx(_ outcome: DNSOutcome) -> Observation {
        let response = DNSResponse(name: "example.com", type: .mx, outcome: outcome, duration: .milliseconds(1))
        return Observation(id: .dnsMX, stage: .dns, outcome: .observed, facts: .dns(response))
    }

    static func tls(
        _ endpoint: Endpoint = smtp, chain: ChainVerification = .trusted, nameMatches: Bool = true,
        names: [String] = ["smtp.example.com"], validFor days: Double = 30, discarded: Int = 0
    ) -> Observation {
        let certificate = CertificateFacts(
            subject: "CN=smtp", issuer: "CN=Authority", dnsNames: names, ipAddresses: [],
            notBefore: noon.addingTimeInterval(-86_400 * 60), notAfter: noon.addingTimeInterval(86_400 * days),
            sha256: "00", isSelfIssued: false)
        let facts = TLSFacts(
            version: .v1_3, cipherSuite: "TLS_AES_128_GCM_SHA256", alpn: nil, serverName: endpoint.host,
            certificates: [certificate], chain: chain, hostNameMatches: nameMatches, discardedPlaintext: discarded)
        return Observation(
            id: .tls(endpoint.service), stage: .tls, endpoint: endpoint, outcome: .observed, facts: .tls(facts))
    }

    static func login(_ endpoint: Endpoint, _ reply: ServerReply, mechanism: String = "PLAIN") -> Observation {
        let accepted = reply.code == 235 || reply.status == "OK"
        return Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint,
            outcome: accepted ? .observed : .failed(.rejected(reply)),
            facts: .login(LoginFacts(mechanism: mechanism, username: "jane@example.com", reply: reply)))
    }

    static func smtpReply(_ code: Int, _ enhanced: String?, _ text: String) -> ServerReply {
        ServerReply(code: code, enhancedCode: enhanced, text: ServerText(text))
    }

    static func imapReply(_ status: String, _ responseCode: String?, _ text: String) -> ServerReply {
        ServerReply(status: status, responseCode: responseCode, text: ServerText(text))
    }

    static let accepted = [
        login(smtp, smtpReply(235, "2.7.0", "Accepted")), login(imap, imapReply("OK", nil, "done"), mechanism: "LOGIN"),
    ]

    static func findings(
        _ observations: [Observation], provider: ProviderIdentification = .unknown, search: SettingsSearch = .found,
        now: Date = noon
    ) throws -> [Finding] {
        let facts = JudgedFacts(observations: observations, provider: provider, search: search)
        return Judgement.of(facts, catalogue: try RepositoryCatalog.catalog(), now: now).findings
    }

    static func provider(_ id: String) -> ProviderIdentification {
        ProviderIdentification(id: id, name: id, confidence: 0.9, hosting: .hosted)
    }

    /// The endpoint that was planned, and what was tried in its place.
    static func alternatives(_ planned: Endpoint, _ tried: [AlternativeFacts], isUserChoice: Bool = false)
        -> Observation
    {
        Observation(
            id: .alternatives(planned.service), stage: .connect, endpoint: planned, outcome: .observed,
            facts: .alternatives(AlternativesFacts(isUserChoice: isUserChoice, tried: tried)))
    }

    static func attempts(_ outcomes: ConnectOutcome...) -> Failure {
        .notConnected(outcomes.map { ConnectionAttempt(address: "192.0.2.1", outcome: $0, duration: .zero) })
    }

    static func connected(_ endpoint: Endpoint) -> Observation {
        let attempt = ConnectionAttempt(address: "192.0.2.9", outcome: .connected, duration: .zero)
        return Observation(
            id: .connect(endpoint.service), stage: .connect, endpoint: endpoint, outcome: .observed,
            facts: .connection(ConnectionFacts(attempts: [attempt])))
    }
}

/// One failure: what was seen, what must be told of it, and what it comes to.
struct FailureRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var observation: Observation
    var told: Told
    var verdict: Verdict

    init(
        _ name: String, _ endpoint: Endpoint, _ check: String, _ stage: Stage, _ failure: Failure, _ id: FindingID,
        _ verdict: Verdict, at told: Stage? = nil
    ) {
        testDescription = name
        observation = Samples.failed(endpoint, check, stage, failure)
        self.told = Told(id, endpoint.service, told ?? stage)
        self.verdict = verdict
    }

    /// One cause on its own side and stage, which rests on its check and says what to do.
    @discardableResult
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws -> Finding {
        let findings = try Samples.findings([observation])
        #expect(findings.map(Told.init) == [told], sourceLocation: sourceLocation)
        #expect(
            Judgement.verdict(findings: findings, observations: [observation]) == verdict,
            sourceLocation: sourceLocation)
        let finding = try #require(findings.first, sourceLocation: sourceLocation)
        #expect(finding.evidence.contains(observation.id.description), sourceLocation: sourceLocation)
        #expect(!finding.remedy.steps.isEmpty && !finding.summary.isEmpty, sourceLocation: sourceLocation)
        #expect((0...1).contains(finding.confidence), sourceLocation: sourceLocation)
        return finding
    }
}

/// A finding in the parts that scripts rely on.
struct Told: Hashable, CustomStringConvertible {
    var id: String
    var service: MailService?
    var stage: Stage?
    var severity: Severity

    init(_ id: FindingID, _ service: MailService?, _ stage: Stage?, _ severity: Severity = .error) {
        self.id = id.description
        self.service = service
        self.stage = stage
        self.severity = severity
    }

    init(_ finding: Finding) {
        self.init(finding.id, finding.service, finding.stage, finding.severity)
    }

    var description: String { "\(id) \(service?.rawValue ?? "-") \(stage?.rawValue ?? "-") \(severity.rawValue)" }
}
