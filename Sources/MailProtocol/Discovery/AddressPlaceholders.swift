import MailModel

/// What the placeholders of draft-ietf-mailmaint-autoconfig (section "Placeholders") stand for.
struct AddressPlaceholders: Hashable, Sendable {
    /// The address, nil while only the domain is known.
    let address: EmailAddress?
    /// The domain that the settings are looked for.
    let domain: DomainName

    /// Fills a text in, once: what is put in is not looked at again.
    ///
    /// - Parameter text: A text with any number of placeholders.
    /// - Returns: The text, nil when it takes an address and there is none.
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three.
    func fill(_ text: String) throws(DroppedServer.Reason) -> String? {
        var parts = text.split(separator: "%", omittingEmptySubsequences: false)[...]
        guard !parts.count.isMultiple(of: 2) else { throw .badPlaceholder }
        var result = String(parts.removeFirst())
        var isComplete = true
        while let name = parts.popFirst() {
            if let value = try value(of: name) { result += value } else { isComplete = false }
            result += parts.popFirst() ?? ""
        }
        return isComplete ? result : nil
    }

    private func value(of name: Substring) throws(DroppedServer.Reason) -> String? {
        switch name {
        case "EMAILADDRESS": address?.description
        case "EMAILLOCALPART": address?.localPart
        case "EMAILDOMAIN": domain.description
        default: throw .badPlaceholder
        }
    }
}
