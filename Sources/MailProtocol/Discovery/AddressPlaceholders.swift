import MailModel

/// What the placeholders of draft-ietf-mailmaint-autoconfig (section "Placeholders") stand for, once the domain is known.
///
/// The address is not: what depends on it stays open in a user name, and rules a host out.
struct AddressPlaceholders: Hashable, Sendable {
    /// The domain that the settings are looked for.
    let domain: DomainName

    /// Fills the host of a server in, once: what is put in is not looked at again.
    ///
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three, `addressNeeded` for a host that
    ///   depends on the address.
    func host(_ text: String) throws(DroppedServer.Reason) -> String {
        var host = ""
        for part in try parts(of: text) {
            guard case .text(let text) = part else { throw .addressNeeded }
            host += text
        }
        return host
    }

    /// The form of a user name.
    ///
    /// - Throws: `badPlaceholder` for every `%` that does not belong to one of the three.
    func username(_ text: String) throws(DroppedServer.Reason) -> UsernameTemplate {
        let parts = try parts(of: text)
        let texts = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
        if texts.count == parts.count { return .fixed(texts.joined()) }
        if parts == [.address] || parts == [.localPart, .text("@\(domain)")] { return .address }
        return parts == [.localPart] ? .localPart : .composed(parts)
    }

    /// The pieces, neighbouring texts joined and empty ones left out.
    private func parts(of text: String) throws(DroppedServer.Reason) -> [UsernameTemplate.Part] {
        var pieces = text.split(separator: "%", omittingEmptySubsequences: false)[...]
        guard !pieces.count.isMultiple(of: 2) else { throw .badPlaceholder }
        var result: [UsernameTemplate.Part] = []
        append(.text(String(pieces.removeFirst())), to: &result)
        while let name = pieces.popFirst() {
            append(try part(named: name), to: &result)
            append(.text(String(pieces.popFirst() ?? "")), to: &result)
        }
        return result
    }

    private func part(named name: Substring) throws(DroppedServer.Reason) -> UsernameTemplate.Part {
        switch name {
        case "EMAILADDRESS": .address
        case "EMAILLOCALPART": .localPart
        case "EMAILDOMAIN": .text(domain.description)
        default: throw .badPlaceholder
        }
    }

    private func append(_ part: UsernameTemplate.Part, to result: inout [UsernameTemplate.Part]) {
        guard case .text(let text) = part else { return result.append(part) }
        if text.isEmpty { return }
        if case .text(let before)? = result.last {
            result.removeLast(); result.append(.text(before + text))
        } else {
            result.append(part)
        }
    }
}
