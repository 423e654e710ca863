import MailModel

/// Looks at what kind of mailbox a profile is about: whose addresses its domains are, and whether its figures are those of
/// such mailboxes.
struct ClassLint {
    private let file: String
    private let profile: ProviderProfile
    private let knowledge: LintKnowledge?

    /// Messages or recipients a day, and an hour, that providers of a kind really name. Ours: nine of ten published figures
    /// lie within; beyond them a digit was lost or a figure is another one's.
    private static let daily: [ProviderKind: ClosedRange<Int>] = [.consumer: 50...2_000, .mailbox: 50...20_000]
    private static let hourly = 10...5_000

    /// Takes a profile, and the domains where anybody can have a mailbox.
    init(_ profile: Located<ProviderProfile>, knowledge: LintKnowledge?) {
        file = profile.file
        self.profile = profile.value
        self.knowledge = knowledge
    }

    /// What should be looked at.
    func problems() -> [LintProblem] { foreignDomains() + freeDomains() + order() + figures() }

    private func foreignDomains() -> [LintProblem] {
        guard case .some(let domains) = profile.consumerDomains else { return [] }
        return domains.enumerated().filter { !profile.domains.contains($0.element) }.map { number, domain in
            problem("consumer_domains[\(number)]", .error, "\(domain) is not among the domains")
        }
    }

    /// An address at a free domain is watched like any free one, whatever else the provider hosts.
    private func freeDomains() -> [LintProblem] {
        guard profile.kind == .mailbox, let free = knowledge?.freeDomains else { return [] }
        return profile.domains.enumerated().filter { _, domain in
            free.contains(domain.name) && !profile.consumerDomains.names(of: profile.domains).contains(domain)
        }.map { number, domain in
            problem("domains[\(number)]", .error, "anybody can have \(domain): it belongs into consumer_domains")
        }
    }

    /// TLS from the first octet is preferred over STARTTLS for reading (RFC 8314, section 3.2).
    private func order() -> [LintProblem] {
        guard let first = profile.imap.firstIndex(where: { $0.port == 143 }),
            profile.imap[first...].contains(where: { $0.port == 993 && $0.holdsLike(profile.imap[first]) })
        else { return [] }
        return [problem("imap[\(first)].port", .error, "143 stands before 993")]
    }

    private func figures() -> [LintProblem] {
        let limits = profile.limits.enumerated().filter { Self.counted.contains($0.element.what) }
        let strange = limits.filter { _, limit in
            guard limit.applies == nil else { return false }
            switch limit.per {
            case .day: return !(Self.daily[profile.kind]?.contains(limit.value) ?? true)
            case .hour: return !Self.hourly.contains(limit.value)
            case .minute, .message, .account: return false
            }
        }.map { ("limits[\($0.offset)].value", $0.element.value) }
        let cap = profile.dailyCap.map(\.value).filter { !(Self.daily[profile.kind]?.contains($0) ?? true) }
        return (strange + (cap.map { [("daily_cap.value", $0)] } ?? [])).filter { !isNoted($0.1) }.map { key, value in
            problem(key, .warning, "\(value) is far from what such providers name; if it is right, name it in notes")
        }
    }

    private static let counted: Set = ["messages", "recipients", "external_recipients"]

    private func isNoted(_ value: Int) -> Bool {
        profile.notes.contains { note in
            note.filter { $0 != "," }.split { !$0.isNumber }.contains { Int($0) == value }
        }
    }

    private func problem(_ keyPath: String, _ severity: Severity, _ message: String) -> LintProblem {
        LintProblem(file: file, keyPath: keyPath, severity: severity, message: message)
    }
}

extension Optional {
    /// The value when it fulfils a condition.
    fileprivate func filter(_ isWanted: (Wrapped) -> Bool) -> Wrapped? { flatMap { isWanted($0) ? $0 : nil } }
}

extension EndpointProfile {
    /// Whether another server is for some of the same addresses.
    fileprivate func holdsLike(_ other: EndpointProfile) -> Bool {
        addresses == nil || other.addresses == nil || addresses == other.addresses
    }
}
