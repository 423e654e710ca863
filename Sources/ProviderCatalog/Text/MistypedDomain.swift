public import MailModel

/// Domains that look like a slip of the finger: one letter away from a domain where very many have their mailbox.
public enum MistypedDomain {
    /// Shorter names have too many real neighbours.
    private static let shortest = 5

    /// The domain that was probably meant; nil where this one is known, or is near none.
    public static func suggestion(for domain: DomainName, _ catalog: Catalog) -> String? {
        let name = domain.description
        guard name.prefix(while: { $0 != "." }).count >= shortest else { return nil }
        let consumers = catalog.profiles.flatMap {
            $0.kind == .consumer ? $0.domains : $0.consumerDomains.names(of: $0.domains)
        }
        .map(\.description)
        guard catalog.profile(mailDomain: domain) == nil else { return nil }
        return consumers.first { other in
            other.prefix { $0 != "." }.count >= shortest && abs(other.count - name.count) <= 1
                && WordDistance.between(name, other) == 1
        }
    }
}
