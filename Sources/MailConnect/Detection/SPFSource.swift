internal import MailModel
internal import ProviderCatalog

/// Reads what the SPF record of the domain (RFC 7208) includes, at most ten look-ups deep and wide: whose servers may send
/// for the domain.
struct SPFSource: HintSource {
    /// RFC 7208, section 4.6.4.
    static let maximumLookups = 10

    let catalog: Catalog
    let resolver: any DNSResolving

    func ask(_ domain: DomainName) async -> [Evidence] {
        let response = await resolver.resolve(domain.description, .txt)
        var line = Evidence(
            source: "spf", query: "TXT \(response.name)", outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        guard !response.records.isEmpty else { return [line] }
        guard let record = Self.record(in: response) else {
            line.outcome = .none
            line.detail = "no SPF record"
            return [line]
        }
        line.outcome = .found
        line.detail = ServerText(String(record.prefix(120))).escaped
        let found = await profiles(including: Self.names(in: record))
        guard !found.isEmpty else { return [line] }
        return found.map { profile, through in
            var line = line
            line.detail = "includes \(ServerText(through))"
            line.pointsTo = profile.id
            line.weight = profile.kind.hasMailboxes ? catalog.weights[.spf] : 0
            return line
        }
    }

    /// The profiles whose records are included, directly or through others, with the name that led to each.
    private func profiles(including names: [String]) async -> [(ProviderProfile, String)] {
        var found: [(ProviderProfile, String)] = []
        var seen: Set<String> = []
        var open = names
        var lookups = 0
        while !open.isEmpty, lookups < Self.maximumLookups {
            let name = open.removeFirst()
            guard seen.insert(name).inserted else { continue }
            let owners = catalog.profiles.filter { profile in
                profile.fingerprints.spfInclude.contains { name.isEqualOrBelow($0) }
            }
            for profile in owners where !found.contains(where: { $0.0.id == profile.id }) {
                found.append((profile, name))
            }
            // What a hoster includes in turn is its own affair, and a macro needs a message.
            guard owners.isEmpty, !name.contains("%") else { continue }
            lookups += 1
            let response = await resolver.resolve(name, .txt)
            if let record = Self.record(in: response) { open += Self.names(in: record) }
        }
        return found
    }

    private static func record(in response: DNSResponse) -> String? {
        for case .txt(let text) in response.records where text.lowercased().hasPrefix("v=spf1") { return text }
        return nil
    }

    /// The names that a record includes or redirects to, lower case; of a macro what follows its last brace.
    private static func names(in record: String) -> [String] {
        record.split(separator: " ").compactMap { term in
            let term = term.lowercased().drop { "+-~?".contains($0) }
            for start in ["include:", "redirect="] where term.hasPrefix(start) {
                let name = term.dropFirst(start.count)
                let end = name.lastIndex(of: "}").map { name[name.index(after: $0)...].drop { $0 == "." } }
                return String(end ?? name)
            }
            return nil
        }
    }
}
