import MailModel

/// What each check saw.
extension SavedValue {
    func observation() throws(SavedReportError) -> Observation {
        let service = try optional("protocol")?.word(MailService.self)
        var endpoint: Endpoint?
        if let service { endpoint = try optional("endpoint")?.endpoint(of: service) }
        let seen = try self["observations"]
        return Observation(
            id: CheckID(try self["id"].text()), stage: try self["stage"].word(Stage.self), endpoint: endpoint,
            outcome: try seen.outcome(), facts: try seen.optional("facts")?.facts(of: service),
            duration: try optional("duration_ms")?.duration())
    }

    private func outcome() throws(SavedReportError) -> CheckOutcome {
        let outcome = try self["outcome"]
        switch try outcome.text() {
        case "observed": return .observed
        case "failed": return .failed(try self["failure"].failure())
        case "blocked": return .blocked(by: CheckID(try self["blocked_by"].text()))
        case "skipped": return .skipped(try self["reason"].text())
        case "broke": return .broke(try self["reason"].text())
        case let other: throw outcome.error("\"\(other)\" is no outcome")
        }
    }

    func failure() throws(SavedReportError) -> Failure {
        let kind = try self["kind"]
        switch try kind.text() {
        case "no_address": return .noAddress(try self["lookups"].lookups())
        case "not_connected": return .notConnected(try self["attempts"].attempts())
        case "our_limit": return .ourLimit
        case "timed_out": return .timedOut(after: try self["after_ms"].duration())
        case "closed": return .closed(reset: try self["reset"].flag(), lastWords: try optional("last_words")?.words())
        case "violation": return .violation(try self["what"].text(), text: try optional("text")?.words())
        case "tls": return .tls(try self["tls"].tlsFailure())
        case "rejected": return .rejected(try self["reply"].reply())
        case "starttls_not_offered": return .startTLSNotOffered
        case "login_not_offered": return .loginNotOffered
        case "no_common_mechanism": return .noCommonMechanism(offered: try self["offered"].texts())
        case "unusable_credential": return .unusableCredential(try self["reason"].text())
        case let other: throw kind.error("\"\(other)\" is no failure that this version knows")
        }
    }

    private func tlsFailure() throws(SavedReportError) -> TLSFailure {
        let kind = try self["kind"]
        switch try kind.text() {
        case "not_tls": return .notTLS(firstOctets: try self["first_octets"].words())
        case "alert": return .alert(number: try self["number"].integer(), name: try self["name"].text())
        case "unsupported_version": return .unsupportedVersion
        case "closed": return .closed
        case "other": return .other(try self["detail"].text())
        case let other: throw kind.error("\"\(other)\" is no failure of TLS that this version knows")
        }
    }

    func words() throws(SavedReportError) -> ServerText { ServerText(try text()) }

    func reply() throws(SavedReportError) -> ServerReply {
        ServerReply(
            code: try optional("code")?.integer(), enhancedCode: try optional("enhanced_code")?.text(),
            status: try optional("status")?.text(), responseCode: try optional("response_code")?.text(),
            text: try self["text"].words())
    }
}
