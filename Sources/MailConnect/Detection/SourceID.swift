/// The sources in the order in which the ledger shows them.
enum SourceID: Int, Hashable, Sendable, CaseIterable, Comparable {
    case exchangers, exchangerAliases, address, services
    case autodiscoverAlias, autodiscoverService, autoconfigAlias, hostAliases
    case dkim, spf, spfIncludes, ownership, wildcard
    case pacc, autoconfig, mailconf, database, autodiscover, exchangerDatabase
    case realms

    /// The word for it in the ledger.
    var word: String {
        switch self {
        case .exchangers, .exchangerAliases: "mx"
        case .address: "address"
        case .services: "srv"
        case .autodiscoverAlias, .autodiscoverService, .autodiscover: "autodiscover"
        case .autoconfigAlias, .autoconfig: "autoconfig"
        case .hostAliases: "alias"
        case .dkim: "dkim"
        case .spf, .spfIncludes: "spf"
        case .ownership: "txt"
        case .wildcard: "wildcard"
        case .pacc: "pacc"
        case .mailconf: "mailconf"
        case .database, .exchangerDatabase: "ispdb"
        case .realms: "realm"
        }
    }

    static func < (left: SourceID, right: SourceID) -> Bool { left.rawValue < right.rawValue }
}
