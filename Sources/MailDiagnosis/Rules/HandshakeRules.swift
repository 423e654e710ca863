import MailModel

/// STARTTLS is not offered on a connection that begins in plaintext: switched off, or taken out on the way.
struct StartTLSMissingRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .startTLSNotOffered = failure, let endpoint = observation.endpoint else { return nil }
            return Finding(.starttlsStripped, confidence: 0.8, on: observation, .missing(endpoint))
        }
    }
}

extension FindingWords {
    fileprivate static func missing(_ endpoint: Endpoint) -> Self {
        let other = Endpoint(
            service: endpoint.service, host: endpoint.host, port: endpoint.service == .smtp ? 465 : 993, security: .tls)
        return FindingWords(
            summary: "\(endpoint.host) offers no STARTTLS on port \(endpoint.port).",
            detail: "Either the server has it switched off, or something on the way took it out. "
                + "A password is never sent in plaintext, so no login was tried.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    .useEndpoint(other, [.untried]),
                    "Try from another network: some firewalls and antivirus programs remove STARTTLS.",
                    "Ask the server's operator to switch STARTTLS on.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc8314"]))
    }
}

/// The TLS handshake did not come to its end.
struct TLSHandshakeRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .tls(let reason) = failure, let endpoint = observation.endpoint else { return nil }
            return Self.finding(reason, observation, endpoint)
        }
    }

    private static func finding(_ reason: TLSFailure, _ observation: Observation, _ endpoint: Endpoint) -> Finding {
        switch reason {
        case .notTLS(let first) where endpoint.security == .tls:
            return ForeignProtocol.isGreeting(first, of: endpoint.service)
                ? Finding(.wrongPort, confidence: 0.9, on: observation, .clearPort(endpoint, first))
                : Finding(.protocolMismatch, confidence: 0.8, on: observation, .foreign(endpoint, first))
        case .notTLS:
            return Finding(.protocolMismatch, confidence: 0.7, on: observation, .broken(endpoint, "plaintext came"))
        case .unsupportedVersion:
            return Finding(.tlsVersionMismatch, confidence: 0.9, on: observation, .version(endpoint))
        // handshake_failure and insufficient_security: nothing that both sides accept (RFC 8446, section 6.2).
        case .alert(40, _), .alert(71, _):
            return Finding(.tlsVersionMismatch, confidence: 0.7, on: observation, .nothingInCommon(endpoint))
        // certificate_required, and what TLS 1.2 says of a client certificate that is missing or unfit (section 7.2).
        case .alert(116, _), .alert(41, _):
            return Finding(.certRequired, confidence: 0.95, on: observation, .clientCertificate(endpoint))
        // A server can only mean the client's certificate by these.
        case .alert(42...46, _), .alert(48, _):
            return Finding(.certRequired, confidence: 0.7, on: observation, .clientCertificate(endpoint))
        case .alert(112, _):
            return Finding(.wrongHost, confidence: 0.7, on: observation, .unknownName(endpoint))
        case .alert(_, let name):
            return Finding(.protocolMismatch, confidence: 0.6, on: observation, .broken(endpoint, "alert: \(name)"))
        case .closed:
            var words = FindingWords.broken(endpoint, "the server hung up")
            words.retry = .afterSeconds(300)
            return Finding(.protocolMismatch, confidence: 0.5, on: observation, words)
        case .other(let text):
            return Finding(
                .protocolMismatch, confidence: 0.5, on: observation, .broken(endpoint, ServerText(text).escaped))
        }
    }
}

extension FindingWords {
    fileprivate static func clearPort(_ endpoint: Endpoint, _ first: ServerText) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) speaks plaintext at first: it wants STARTTLS, not TLS.",
            detail: "The server greeted before any TLS handshake.",
            serverText: first.escaped,
            remedy: Remedy(
                who: .support,
                steps: [.useEndpoint(endpoint.beginning(.starttls), [])]))
    }

    fileprivate static func foreign(_ endpoint: Endpoint, _ first: ServerText) -> Self {
        let spoken = ForeignProtocol.name(first).map { "\($0) is spoken there" } ?? "what is spoken there is no TLS"
        return FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) is no mail port: \(spoken).",
            detail: "No password was sent.", serverText: first.escaped,
            remedy: Remedy(who: .support, steps: ["Check host and port with the provider."]))
    }

    fileprivate static func nothingInCommon(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "\(endpoint.host) and we have no version or cipher of TLS in common.",
            detail: "The server ended the handshake (handshake_failure). TLS 1.2 and 1.3 with their usual ciphers were "
                + "offered; no password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: ["Ask the server's operator to switch on TLS 1.2 or 1.3 with a cipher of today."],
                links: ["https://www.rfc-editor.org/rfc/rfc9325"]))
    }

    fileprivate static func clientCertificate(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "\(endpoint.host) wants a certificate of the client before it lets anybody log in.",
            detail: "It ended the connection since none was shown that it takes. User name and password are not enough "
                + "there, and none was sent.",
            remedy: Remedy(
                who: .admin,
                steps: [
                    "Ask the server's operator for a host or port that takes logins without a client certificate.",
                    "Or have the demand for client certificates switched off for mail logins.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2"]))
    }

    fileprivate static func unknownName(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "The server behind \(endpoint.host) does not know that name.",
            detail: "It ended the TLS handshake (unrecognized_name). No password was sent.",
            remedy: Remedy(who: .support, steps: ["Check the host name with the provider."]))
    }

    fileprivate static func version(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "\(endpoint.host) has no version of TLS that a login may be sent over (1.2 or later).",
            detail: "Older versions are retired: passwords sent over them can be read.",
            remedy: Remedy(
                who: .provider, steps: ["Ask the server's operator to switch TLS 1.2 or 1.3 on."],
                links: ["https://www.rfc-editor.org/rfc/rfc8996"]))
    }

    fileprivate static func broken(_ endpoint: Endpoint, _ why: String) -> Self {
        FindingWords(
            summary: "The TLS handshake with \(endpoint.host), port \(endpoint.port), failed: \(why).",
            detail: "No password was sent.",
            remedy: Remedy(
                who: .support,
                steps: [.checkPortMode, .leaveInterference]))
    }
}
