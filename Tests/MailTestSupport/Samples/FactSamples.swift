public import Foundation
public import MailModel

/// Facts with something in each of their properties.
public enum FactSamples {
    /// A moment on a whole millisecond, as reports have it.
    public static let moment = Date(timeIntervalSince1970: 1_795_339_800.25)
    static let reply = ServerReply(
        code: 535, enhancedCode: "5.7.8", status: "NO", responseCode: "AUTHENTICATIONFAILED", text: ServerText("no"))
    static let smtp = Endpoint(service: .smtp, host: "smtp.example.com", port: 587, security: .starttls)
    static let imap = Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
    static let attempt = ConnectionAttempt(
        address: "192.0.2.1", outcome: .refused, detail: "ECONNREFUSED", duration: .microseconds(1_200))
    static let lookup = DNSResponse(
        name: "example.com", type: .mx, outcome: .records([.mx(preference: 10, exchange: "mx.example.com")]),
        duration: .milliseconds(3), ttl: .seconds(300))

    /// One record of each kind.
    public static let records: [DNSRecord] = chain { record in
        switch record {
        case nil: .address("192.0.2.1")
        case .address: .mx(preference: 10, exchange: "mx.example.com")
        case .mx: .txt("v=spf1 -all")
        case .txt: .srv(priority: 1, weight: 2, port: 587, target: "smtp.example.com")
        case .srv: .cname("alias.example.com")
        case .cname: nil
        }
    }

    /// One outcome of a look-up of each kind.
    public static let lookups: [DNSResponse] = chain { (outcome: DNSOutcome?) -> DNSOutcome? in
        switch outcome {
        case nil: .records(records)
        case .records: .nameNotFound
        case .nameNotFound: .noData
        case .noData: .serverFailure
        case .serverFailure: .refused
        case .refused: .timedOut
        case .timedOut: .broken("ARES_EBADRESP")
        case .broken: .cancelled
        case .cancelled: nil
        }
    }.map { DNSResponse(name: "example.com", type: .txt, outcome: $0, duration: .milliseconds(7), ttl: .seconds(60)) }

    static let certificate = CertificateFacts(
        subject: "CN=smtp.example.com", issuer: "CN=CA", dnsNames: ["smtp.example.com"], ipAddresses: ["192.0.2.1"],
        notBefore: moment, notAfter: moment + 86_400, sha256: "00ff", isSelfIssued: true)

    /// One failed handshake of each kind.
    public static let tlsFailures: [TLSFailure] = chain { failure in
        switch failure {
        case nil: .notTLS(firstOctets: ServerText("220 ESMTP"))
        case .notTLS: .alert(number: 40, name: "handshake_failure")
        case .alert: .unsupportedVersion
        case .unsupportedVersion: .closed
        case .closed: .other("internal error")
        case .other: nil
        }
    }

    /// One failure of each kind, and one for each kind of TLS failure.
    public static let failures: [Failure] =
        chain { failure in
            switch failure {
            case nil: .noAddress(lookups)
            case .noAddress: .notConnected([attempt])
            case .notConnected: .timedOut(after: .seconds(5))
            case .timedOut: .closed(reset: true, lastWords: ServerText("bye"))
            case .closed: .violation(.lineTooLong, text: ServerText("xxx"))
            case .violation: .tls(.unsupportedVersion)
            case .tls: .rejected(reply)
            case .rejected: .startTLSNotOffered
            case .startTLSNotOffered: .loginNotOffered
            case .loginNotOffered: .noCommonMechanism(offered: ["GSSAPI"])
            case .noCommonMechanism: .unusableCredential(.controlInSecret)
            case .unusableCredential: .ourLimit
            case .ourLimit: nil
            }
        } + tlsFailures.map(Failure.tls)

    /// One end of a check of each kind, and one for each failure.
    public static let outcomes: [CheckOutcome] =
        chain { outcome in
            switch outcome {
            case nil: .observed
            case .observed: .failed(.loginNotOffered)
            case .failed: .blocked(by: .dnsMX)
            case .blocked: .skipped(.addressCannotBeSentTo)
            case .skipped: .broke("a mistake")
            case .broke: nil
            }
        } + failures.map(CheckOutcome.failed)

    static let handshake = TLSFacts(
        version: .v1_2, cipherSuite: "TLS_X", alpn: "smtp", serverName: "smtp.example.com",
        certificates: [certificate], chain: .rejected(code: 10, reason: "expired"), hostNameMatches: true,
        discardedPlaintext: 12,
        ocspStaple: OCSPStapleFacts(status: .revoked, thisUpdate: moment, nextUpdate: moment + 60), isResumed: true)

    static let mailbox = MailboxFacts(
        inboxMessages: 3, inboxRefusal: reply, specialUse: ["\\Sent": ServerText("Sent")], mailboxCount: 5,
        guessedUses: ["\\Sent"], inboxOldest: moment, sentMessages: 7, sentOldest: moment, offersIdle: true,
        quotas: [QuotaFacts(resource: "STORAGE", used: 1, limit: 2)])

    static let alternatives = AlternativesFacts(
        isUserChoice: true,
        tried: [AlternativeFacts(endpoint: imap, reason: .otherHost, stage: .tls, failure: .loginNotOffered)])

    static let spf = SPFFacts(
        lookup: lookup, recordCount: 2, problems: ["p"], lookupCount: 11, voidLookupCount: 3,
        permanentError: SPFPermanentError(.loop, at: "i.example"), includes: ["i.example"],
        withMacros: ["%{i}.example"], unreadable: ["u.example"], includesProvider: true, allQualifier: "~")

    static let mtaSTS = MTASTSFacts(
        lookup: lookup, recordCount: 1, id: "20261127", policyHost: "mta-sts.example.com",
        policy: MTASTSFacts.Policy(mode: .enforce, maximumAge: 86_400, patterns: ["*.example.com"]),
        problem: .badStatus, uncovered: ["mx.example.net"])

    static let delivery = DeliveryFacts(
        accepted: reply, arrivedIn: ServerText("INBOX"), delay: .seconds(2), authority: ServerText("mx.example"),
        methods: [DeliveryFacts.Method(name: "spf", result: "pass")])

    /// Facts of each kind.
    public static let facts: [CheckFacts] = chain { facts in
        switch facts {
        case nil: .dns(lookup)
        case .dns: .connection(ConnectionFacts(lookups: lookups, attempts: [attempt], greeting: reply))
        case .connection: .tls(handshake)
        case .tls:
            .capabilities(
                CapabilityFacts(
                    beforeTLS: [ServerText("STARTTLS")], onLoginChannel: [ServerText("AUTH PLAIN")],
                    mechanisms: ["PLAIN"], implementation: ServerText("x 1"), alerts: [ServerText("read me")],
                    unsolicited: 1))
        case .capabilities:
            .login(
                LoginFacts(
                    mechanism: "PLAIN", username: "jane", reply: reply, oauthError: ServerText("invalid_token"),
                    refusedUsernames: ["jane@example.com"], blanksRemoved: true))
        case .login: .mailbox(mailbox)
        case .mailbox: .alternatives(alternatives)
        case .alternatives: .spf(spf)
        case .spf:
            .dmarc(
                DMARCFacts(
                    lookup: lookup, organizationalLookup: lookup, recordCount: 2, policy: "reject", problems: ["p"]))
        case .dmarc:
            .dkim(DKIMFacts(selectors: [DKIMFacts.Selector(name: "s1", state: .withdrawn, lookup: lookup)]))
        case .dkim: .mtaSTS(mtaSTS)
        case .mtaSTS:
            .tlsRPT(TLSRPTFacts(lookup: lookup, recordCount: 1, addressCount: 2, problem: .badAddress))
        case .tlsRPT: .delivery(delivery)
        case .delivery:
            .control(
                ControlFacts(attempts: [
                    ControlFacts.Attempt(host: "other.example", port: 587, outcome: .connected)
                ]))
        case .control: nil
        }
    }

    /// Checks that saw these facts and ended in these ways.
    public static let observations: [Observation] =
        facts.map {
            Observation(
                id: .dnsMX, stage: .capabilities, endpoint: imap, outcome: .observed, facts: $0,
                duration: .milliseconds(9))
        }
        + outcomes.map {
            Observation(
                id: .dnsSPF, stage: .connect, endpoint: smtp, outcome: $0, facts: .dns(lookup),
                duration: .milliseconds(1))
        }

    /// The values that a function names one after the other, until it names none: with a `switch` in it, a case that is
    /// added to an enumeration does not compile until it has its place.
    static func chain<Value>(_ next: (Value?) -> Value?) -> [Value] {
        var values: [Value] = []
        while let value = next(values.last), values.count < 1_000 { values.append(value) }
        return values
    }
}
