import FoundationEssentials
import MailModel
import ProviderCatalog

/// The parts of a profile in words.
extension ProviderPage {
    var kindInWords: String {
        let type = profile.inboxType.map { " Registered as \($0.rawValue)." } ?? ""
        return switch profile.kind {
        case .mailbox: "Hosts mailboxes of own domains.\(type)"
        case .consumer: "Hosts mailboxes at its own domains.\(type)"
        case .gateway: "Filters mail for a mailbox host behind it: nobody logs in here."
        case .forwarding: "Passes mail on to addresses elsewhere: nobody logs in here."
        case .sendingOnly: "Takes mail for programs only: nobody has a mailbox here."
        case .noIMAP: "Hosts mailboxes that no program can reach over IMAP.\(type)"
        }
    }

    func shown(_ server: EndpointProfile) -> String {
        let security = server.security == .tls ? "TLS" : "STARTTLS"
        let user =
            switch server.username {
            case .address: "the whole address"
            case .localPart: "what stands before the @"
            case .given: "handed out by the provider"
            }
        let whose =
            switch server.addresses {
            case .listedDomains?: " (addresses at the domains below)"
            case .ownDomains?: " (addresses at domains of one's own)"
            case nil: ""
            }
        return "\(server.host) port \(server.port), \(security); user name: \(user)\(whose)"
    }

    var password: [String] {
        guard let password = profile.password, password.kind != .notKnown else { return [] }
        let kind =
            switch password.kind {
            case .account: "the password of the account or mailbox"
            case .appPassword: "an app password, made for programs"
            case .oauthOnly: "none: only OAuth 2 is taken"
            case .bridge: "the one that the bridge on the own machine shows"
            case .notKnown: ""
            }
        return ["\(kind) (\(who(password.who)))"] + steps(password.how)
    }

    func shown(_ access: AccessSwitch) -> String {
        let subject =
            switch access.what {
            case .imap: "IMAP"
            case .smtpAuth: "SMTP login"
            case .appPassword: "app passwords"
            case .ipAuthorisation: "the addresses from which programs may come in"
            case .eachProtocol: "a tick for each protocol"
            case .againAfterTwoFactor: "access again, after two-factor authentication was turned on"
            case .againWhenUnused: "access again, after it was not used for a time"
            case .reputation: "the standing that a mailbox needs"
            case .plan: "a plan with access for programs"
            }
        let position =
            switch access.byDefault {
            case .on: "on by default"
            case .off: "off by default"
            case .notKnown: "default not known"
            }
        let how = access.how.isEmpty ? "" : ": " + access.how.joined(separator: " ")
        return "\(subject), switched by the \(who(access.who)), \(position)\(how)"
    }

    func shown(_ limit: SendingLimit) -> String {
        let per =
            switch limit.per {
            case .minute: "a minute"
            case .hour: "an hour"
            case .day: "a day"
            case .message: "in a message"
            case .account: "for an account"
            }
        let note = limit.note.map { " (\($0))" } ?? ""
        let what = limit.what.replacing("_", with: " ")
        return "\(grouped(limit.value)) \(what) \(per)\(note)" + ProviderReferences(profile).mark(limit.source)
    }

    /// What is known of connections, logins and lock-outs.
    var pace: [String] {
        let figures = profile.pace.figures.map { key, figure in
            let words =
                switch key {
                case "connections": "connections at once"
                case "pause_s": "seconds of rest after too much"
                case "logins_at_once": "logins at once"
                default: "logins a minute"
                }
            let side = figure.service.map { $0 == .imap ? " over IMAP" : " over SMTP" } ?? ""
            let whose = figure.per == .account ? "for an account" : "from one network address"
            let note = figure.note.map { " (\($0))" } ?? ""
            return "\(grouped(figure.value)) \(words)\(side) \(whose)\(note)"
                + (figure.source.map(ProviderReferences(profile).mark) ?? "")
        }
        let lockout = profile.pace.lockout.map { $0.words + ProviderReferences(profile).mark($0.source) }
        return figures + (lockout.map { ["Lock-out: " + $0] } ?? [])
    }

    /// The exchangers: single hosts first, then the names that stand for all below them too.
    var exchangers: [String] {
        let hosts = profile.mxPatterns.compactMap { if case .exact(let name) = $0 { name } else { nil } }
        let parents = profile.mxPatterns.compactMap { if case .suffix(let name) = $0 { name } else { nil } }
        let below = parents.isEmpty ? "" : "all in " + parents.joined(separator: ", ")
        return [hosts.joined(separator: ", "), below].filter { !$0.isEmpty }
    }

    /// What besides domains and exchangers gives the provider away.
    var fingerprints: [String] {
        let prints = profile.fingerprints
        let all: [(String, [String])] = [
            ("SPF includes", prints.spfInclude), ("DKIM selectors", prints.dkimSelector),
            ("their aliases to", prints.dkimCNAME), ("autodiscover to", prints.autodiscoverCNAME),
            ("autoconfig to", prints.autoconfigCNAME), ("TXT begins with", prints.txtPrefix),
            ("greeting has", prints.greeting), ("certificate for", prints.certificateName),
        ]
        return all.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }
    }

    /// A number with its thousands apart.
    func grouped(_ number: Int) -> String {
        let digits = String(number)
        return digits.enumerated().map { place, digit in
            place > 0 && (digits.count - place).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined()
    }

    private func who(_ owner: RemedyOwner) -> String {
        switch owner {
        case .user: "user"
        case .admin: "administrator"
        case .provider: "provider"
        case .support: "support"
        }
    }

    private func steps(_ how: [String]) -> [String] {
        how.count < 2 ? how : how.enumerated().map { "\($0.offset + 1). \($0.element)" }
    }
}
