public import MailModel

extension DNSOutcome {
    /// The outcome as a line of the ledger has it.
    public var evidence: EvidenceOutcome {
        switch self {
        case .records: .found
        case .nameNotFound: .negative
        case .noData: .none
        case .timedOut: .timedOut
        case .refused: .refused
        case .serverFailure, .broken: .broken
        case .cancelled: .notAsked
        }
    }

    /// The outcome in words.
    public var words: String {
        switch self {
        case .records(let records): "\(records.count) records"
        case .nameNotFound: "the name does not exist (NXDOMAIN)"
        case .noData: "no such record"
        case .timedOut: "no answer in time"
        case .refused: "the resolver refused (REFUSED)"
        case .serverFailure: "the resolver failed (SERVFAIL)"
        case .broken(let reason): ServerText(reason).escaped
        case .cancelled: "cancelled"
        }
    }
}
