import MailModel

/// Looks for servers that can hardly be what the profile says.
///
/// What looks wrong and is right all the same is named in a note of the profile, and then not told any more.
struct HostLint {
    private let file: String
    private let profile: ProviderProfile

    /// Takes a profile.
    init(_ profile: Located<ProviderProfile>) {
        file = profile.file
        self.profile = profile.value
    }

    /// What should be looked at.
    func problems() -> [LintProblem] {
        lists.flatMap { key, servers, others in
            servers.enumerated().flatMap { number, server in
                let place = "\(key)[\(number)].host"
                return [
                    bareAddress(server.host, place), anotherService(server.host, place, beginnings: others),
                    foreign(server.host, place),
                ].compactMap { $0 }
            }
        }
    }

    /// The lists with the beginnings of names that belong to another service: a mail exchanger is in neither.
    private var lists: [(key: String, servers: [EndpointProfile], others: [String])] {
        [("smtp", profile.smtp, ["imap", "pop", "mx"]), ("imap", profile.imap, ["smtp", "asmtp", "pop", "mx"])]
    }

    /// A certificate names hosts, and an address changes.
    private func bareAddress(_ host: String, _ place: String) -> LintProblem? {
        guard host.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return LintProblem(file: file, keyPath: place, severity: .error, message: "it is an address and no name")
    }

    private func anotherService(_ host: String, _ place: String, beginnings: [String]) -> LintProblem? {
        let first = host.prefix { $0 != "." }.drop { !$0.isLetter }
        let word = first.prefix { $0.isLetter }
        let isExchanger = profile.mxPatterns.contains(.exact(host))
        guard isExchanger || beginnings.contains(where: { word == $0 || word == $0 + "s" }), !isNoted(host) else {
            return nil
        }
        return warning(place, "its name is that of another service")
    }

    /// A host that shares its last two labels with nothing else in the profile. Below a country's second level, such as
    /// `co.uk`, a foreign one is overlooked: this only warns.
    private func foreign(_ host: String, _ place: String) -> LintProblem? {
        let own = Self.ending(of: host)
        guard !host.contains("{"),
            !names.contains(own), !isNoted(own)
        else { return nil }
        return warning(place, "nothing else in the profile lies below \(own)")
    }

    private var names: Set<String> {
        let prints = profile.fingerprints
        let all =
            profile.domains.map(\.name) + profile.mxPatterns.map(\.name) + prints.spfInclude + prints.dkimCNAME
            + prints.autodiscoverCNAME + prints.autoconfigCNAME + prints.certificateName
            + (profile.links + (profile.password?.links ?? [])).map(Self.host)
        return Set(all.map(Self.ending))
    }

    private func isNoted(_ name: String) -> Bool { profile.notes.contains { $0.contains(name) } }

    private static func host(of link: String) -> String {
        guard let start = link.firstRange(of: "://")?.upperBound else { return link }
        return String(link[start...].prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" })
    }

    private static func ending(of name: String) -> String {
        name.split(separator: ".").suffix(2).joined(separator: ".")
    }

    private func warning(_ place: String, _ message: String) -> LintProblem {
        LintProblem(
            file: file, keyPath: place, severity: .warning, message: message + "; if it is right, name it in notes")
    }
}
