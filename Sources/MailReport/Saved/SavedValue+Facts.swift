import MailModel

/// The facts of a check, by their kind.
extension SavedValue {
    func facts(of service: MailService?) throws(SavedReportError) -> CheckFacts? {
        switch try self["kind"].text() {
        case "dns": .dns(try self["lookup"].lookup())
        case "connection": .connection(try connection())
        case "tls": .tls(try tls())
        case "capabilities": .capabilities(try capabilities())
        case "login": .login(try login())
        case "mailbox": .mailbox(try mailbox())
        case "alternatives":
            try service.map { service throws(SavedReportError) in
                .alternatives(try alternatives(of: service))
            }
        case "spf": .spf(try spf())
        case "dmarc": .dmarc(try dmarc())
        case "dkim": .dkim(try dkim())
        case "mta_sts": .mtaSTS(try mtaSTS())
        case "tls_rpt": .tlsRPT(try tlsRPT())
        case "delivery": .delivery(try delivery())
        case "control": .control(try control())
        // Facts of a later version: no rule of this one looks at them.
        default: nil
        }
    }

    private func control() throws(SavedReportError) -> ControlFacts {
        var attempts: [ControlFacts.Attempt] = []
        for item in try self["attempts"].list() {
            attempts.append(
                ControlFacts.Attempt(
                    host: try item["host"].text(), port: try item["port"].integer(),
                    outcome: try item["outcome"].word(ConnectOutcome.self)))
        }
        return ControlFacts(attempts: attempts)
    }

    private func connection() throws(SavedReportError) -> ConnectionFacts {
        ConnectionFacts(
            lookups: try self["lookups"].lookups(), attempts: try self["attempts"].attempts(),
            greeting: try optional("greeting")?.reply())
    }

    func attempts() throws(SavedReportError) -> [ConnectionAttempt] {
        var result: [ConnectionAttempt] = []
        for item in try list() {
            result.append(
                ConnectionAttempt(
                    address: try item["address"].text(), outcome: try item["outcome"].word(ConnectOutcome.self),
                    detail: try item.optional("detail")?.text(), duration: try item["duration_ms"].duration()))
        }
        return result
    }

    private func capabilities() throws(SavedReportError) -> CapabilityFacts {
        CapabilityFacts(
            beforeTLS: try optional("before_tls")?.texts().map { ServerText($0) },
            onLoginChannel: try optional("on_login_channel")?.texts().map { ServerText($0) },
            mechanisms: try self["mechanisms"].texts(), implementation: try optional("implementation")?.words(),
            alerts: try optional("alerts")?.texts().map { ServerText($0) } ?? [],
            unsolicited: try optional("unsolicited")?.integer() ?? 0)
    }

    private func login() throws(SavedReportError) -> LoginFacts {
        LoginFacts(
            mechanism: try self["mechanism"].text(), username: try self["username"].text(),
            reply: try self["reply"].reply(), oauthError: try optional("oauth_error")?.words(),
            refusedUsernames: try optional("refused_usernames")?.texts() ?? [])
    }
}
