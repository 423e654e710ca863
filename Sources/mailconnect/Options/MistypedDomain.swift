import FoundationEssentials
import MailModel
import ProviderCatalog

extension MistypedDomain {
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
