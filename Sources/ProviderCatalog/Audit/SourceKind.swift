/// Who says something about a provider.
public enum SourceKind: String, Hashable, Sendable, CaseIterable {
    /// The provider, on a page of its own.
    case provider
    /// A standard.
    case standard
    /// A file in a public repository, at a fixed state.
    case table
    /// A thread in which somebody tells what was seen.
    case thread
    /// A page of somebody else.
    case page

    /// How far what it says can be trusted by itself.
    public var confidence: SourceConfidence {
        switch self {
        case .provider, .standard: .high
        case .table: .medium
        case .thread, .page: .low
        }
    }

    /// The kind of a source of a profile.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - hosts: Endings of names that are the provider's.
    init(_ source: String, hosts: Set<String>) {
        let host = Self.host(of: source)
        if source.hasPrefix("RFC ") {
            self = .standard
        } else if host == "github.com" {
            self = source.contains("/blob/") || source.contains("/tree/") ? .table : .thread
        } else if hosts.contains(Self.ending(of: host)) {
            self = .provider
        } else {
            let isThread = ["community", "forum", "answers", "discussions"].contains { source.contains($0) }
            self = isThread ? .thread : .page
        }
    }

    /// The endings of the names by which a provider's own pages are known: those of its domains, exchangers and servers, and
    /// of the pages to which the profile sends its readers.
    static func hosts(of profile: ProviderProfile) -> Set<String> {
        let prints = profile.fingerprints
        let names =
            profile.domains.map(\.name) + profile.mxPatterns.map(\.name) + (profile.smtp + profile.imap).map(\.host)
            + prints.spfInclude + prints.autodiscoverCNAME + prints.autoconfigCNAME + prints.certificateName
        let links = profile.links + (profile.password?.links ?? []) + profile.switches.flatMap(\.links)
        return Set((names + links.map(host(of:))).map(ending)).subtracting(["github.com"])
    }

    private static func host(of address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return "" }
        return String(address[start...].prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" })
    }

    private static func ending(of name: String) -> String {
        name.split(separator: ".").suffix(2).joined(separator: ".")
    }
}
