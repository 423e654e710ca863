import MailModel

/// The facts of a check, by their kind.
extension SavedValue {
    func facts() throws(SavedReportError) -> CheckFacts? {
        switch try self["kind"].text() {
        case "dns": .dns(try self["lookup"].lookup())
        case "connection": .connection(try connection())
        case "tls": .tls(try tls())
        case "capabilities": .capabilities(try capabilities())
        case "login": .login(try login())
        case "mailbox": .mailbox(try mailbox())
        // Facts of a later version: no rule of this one looks at them.
        default: nil
        }
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
            mechanisms: try self["mechanisms"].texts(), implementation: try optional("implementation")?.words())
    }

    private func login() throws(SavedReportError) -> LoginFacts {
        LoginFacts(
            mechanism: try self["mechanism"].text(), username: try self["username"].text(),
            reply: try self["reply"].reply(), oauthError: try optional("oauth_error")?.words())
    }

    private func mailbox() throws(SavedReportError) -> MailboxFacts {
        let names = try self["special_use"]
        var specialUse: [String: ServerText] = [:]
        for key in try names.keys() { specialUse[key] = try names[key].words() }
        return MailboxFacts(
            inboxMessages: try optional("inbox_messages")?.integer(),
            inboxRefusal: try optional("inbox_refusal")?.reply(), specialUse: specialUse,
            mailboxCount: try optional("mailbox_count")?.integer())
    }
}
