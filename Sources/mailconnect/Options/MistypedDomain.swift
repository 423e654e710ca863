import FoundationEssentials
import MailModel
import ProviderCatalog

/// Domains that look like a slip of the finger: one letter away from a domain where very many have their mailbox.
enum MistypedDomain {
    /// Shorter names have too many real neighbours.
    private static let shortest = 5

    /// The domain that was probably meant; nil where this one is known, or is near none.
    static func suggestion(for domain: DomainName, _ catalog: Catalog) -> String? {
        let name = domain.description
        guard name.prefix(while: { $0 != "." }).count >= shortest else { return nil }
        let consumers = catalog.profiles.flatMap {
            $0.kind == .consumer ? $0.domains : $0.consumerDomains.names(of: $0.domains)
        }
        .map(\.description)
        guard catalog.profile(mailDomain: domain) == nil else { return nil }
        return consumers.first { other in
            other.prefix { $0 != "." }.count >= shortest && abs(other.count - name.count) <= 1
                && ArgumentHints.distance(name, other) == 1
        }
    }

    /// Asks a person who watches; others are told on standard error and go on.
    ///
    /// - Parameters:
    ///   - address: The address as it was given.
    ///   - catalog: What is known of providers.
    /// - Returns: The address to go on with.
    static func asked(about address: EmailAddress, _ catalog: Catalog) -> EmailAddress {
        guard let domain = suggestion(for: address.domain, catalog),
            let meant = try? EmailAddress(address.localPart + "@" + domain)
        else { return address }
        guard PasswordPrompt.isPossible else {
            Console.say("\(address.domain) looks mistyped: did you mean \(meant)?")
            return address
        }
        let question = "\(address.domain) looks mistyped. Did you mean \(meant)? [Y/n] "
        StandardError.write(question)
        let answer = readLine(strippingNewline: true)?.trimmingWhitespace(lineEnds: false).lowercased()
        return answer == "n" || answer == "no" || answer == nil ? address : meant
    }
}
