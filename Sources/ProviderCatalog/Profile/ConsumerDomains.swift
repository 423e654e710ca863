public import MailJSON

/// At which of a profile's domains people have mailboxes of their own, where the profile hosts organisations too.
///
/// Such an address is watched like any free one: it decides how many messages a day are advised.
public enum ConsumerDomains: Hashable, Sendable {
    /// At all that the profile lists.
    case all
    /// At these; at none when the list is empty.
    case some([MailDomainPattern])

    /// At none.
    public static let none = ConsumerDomains.some([])

    /// The domains, out of those that the profile lists.
    ///
    /// - Parameter listed: The domains of the profile.
    /// - Returns: Those of them that are meant.
    public func names(of listed: [MailDomainPattern]) -> [MailDomainPattern] {
        switch self {
        case .all: listed
        case .some(let domains): domains
        }
    }
}

extension ConsumerDomains {
    /// How they stand in a profile: a list, or the word `all`.
    public static let json = JSONDescription<ConsumerDomains>(
        schema: [
            "oneOf": [
                ["type": "string", "const": "all"],
                ["type": "array", "items": ["type": "string", "minLength": 3, "maxLength": 253]],
            ]
        ]
    ) { domains in
        switch domains {
        case .all: .text("all")
        case .some(let patterns): .texts(patterns.map(\.description))
        }
    } read: { value, mode throws(JSONMistake) in
        if case .text(let word) = value {
            guard word == "all" else { throw JSONMistake(.badValue, "it must be a list of domains, or the word all") }
            return .all
        }
        return .some(try JSONDescription<[MailDomainPattern]>.list(MailDomainPattern.json).read(value, mode))
    }
}
