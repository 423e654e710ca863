import MailModel

/// Who hosts the account, where it is reached, and who was asked.
extension SavedValue {
    func inboxType() throws(SavedReportError) -> InboxType { try word(InboxType.self) }

    func provider() throws(SavedReportError) -> ProviderIdentification {
        var gateway: Gateway?
        if let value = try optional("gateway") {
            gateway = Gateway(id: try value["id"].text(), name: try value["name"].text())
        }
        return ProviderIdentification(
            id: try optional("id")?.text(), name: try optional("name")?.text(),
            confidence: try self["confidence"].number(), gateway: gateway,
            hosting: try optional("mail_hosted")?.hosting() ?? .unknown)
    }

    private func hosting() throws(SavedReportError) -> MailHosting {
        if isFlag { return try flag() ? .hosted : .notHosted }
        guard try text() == "forwarding" else { throw error("true, false or \"forwarding\" must stand here") }
        return .forwarding
    }

    func settings() throws(SavedReportError) -> AccountSettings {
        AccountSettings(
            smtp: try endpoint(.smtp), smtpUsername: try optional("smtp_username")?.text(),
            imap: try endpoint(.imap), imapUsername: try optional("imap_username")?.text(),
            source: Evidence.Source(rawValue: try self["source"].text()))
    }

    private func endpoint(_ service: MailService) throws(SavedReportError) -> Endpoint {
        let name = service.rawValue
        return Endpoint(
            service: service, host: try self[name + "_host"].text(), port: try self[name + "_port"].integer(),
            security: try self[name + "_security"].word(ConnectionSecurity.self))
    }

    /// An endpoint as a check and the transcript name it: `smtp.example.com:587/starttls`.
    func endpoint(of service: MailService) throws(SavedReportError) -> Endpoint {
        let text = try text()
        guard let slash = text.lastIndex(of: "/"), let colon = text[..<slash].lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)..<slash]), (1...65_535).contains(port),
            let security = ConnectionSecurity(rawValue: String(text[text.index(after: slash)...]))
        else { throw error("HOST:PORT/tls or HOST:PORT/starttls must stand here") }
        return Endpoint(service: service, host: String(text[..<colon]), port: port, security: security)
    }

    func evidence() throws(SavedReportError) -> Evidence {
        Evidence(
            source: Evidence.Source(rawValue: try self["source"].text()), kind: try kind(),
            query: try self["query"].text(),
            outcome: try self["outcome"].word(EvidenceOutcome.self), detail: try self["detail"].text(),
            pointsTo: try optional("points_to")?.text(), weight: try self["weight"].number(),
            duration: try self["duration_ms"].duration())
    }

    func dailyLimit() throws(SavedReportError) -> DailyLimit {
        var details: [LimitReason] = []
        for item in try optional("details")?.list() ?? [] {
            details.append(
                LimitReason(
                    try item["id"].text(), try item["evidence"].text(), raise: try item.optional("raise")?.text()))
        }
        var ramp: [RampStep] = []
        for item in try optional("ramp")?.list() ?? [] {
            ramp.append(
                RampStep(
                    fromWeek: try item["from_week"].integer(), toWeek: try item.optional("to_week")?.integer(),
                    daily: try item["daily"].integer()))
        }
        return DailyLimit(
            recommended: try self["recommended"].integer(), low: try self["low"].integer(),
            high: try self["high"].integer(), stage: try self["stage"].word(MailboxStage.self),
            providerCap: try optional("provider_cap")?.integer(), reasons: try self["reasons"].texts(),
            sources: try self["sources"].texts(), details: details, ramp: ramp)
    }

    func transcriptEntry() throws(SavedReportError) -> TranscriptEntry {
        TranscriptEntry(
            at: try self["at_ms"].duration(),
            endpoint: try self["endpoint"].endpoint(of: try self["protocol"].word(MailService.self)),
            direction: try self["direction"].word(TranscriptEntry.Direction.self), text: try self["text"].text())
    }
}
