public import MailJSON

/// What a look-up ended in. The kinds of "no" are kept apart, since each is a different diagnosis.
public enum DNSOutcome: Hashable, Sendable {
    /// There are records.
    case records([DNSRecord])
    /// NXDOMAIN: the name does not exist.
    case nameNotFound
    /// The name exists, without a record of this type.
    case noData
    /// SERVFAIL: the resolver could not find out.
    case serverFailure
    /// REFUSED: the resolver does not want to answer.
    case refused
    /// No answer in time.
    case timedOut
    /// No server could be reached, or what came back made no sense; the reason is c-ares' own word for it.
    case broken(String)
    /// Whoever asked did not want to know any more. It says nothing about the name or a server and is no part of any
    /// fact: a run that is cancelled has none.
    case cancelled
}

/// One look-up: what was asked, what came back, and how long it took.
public struct DNSResponse: Hashable, Sendable {
    /// The name that was asked for.
    public var name: String
    /// The type that was asked for.
    public var type: DNSRecordType
    /// What came back.
    public var outcome: DNSOutcome
    /// How long it took.
    public var duration: Duration
    /// For how long the answer may still be kept: the shortest TTL of the records it rests on, or that of the SOA for a
    /// "no" (RFC 2308, section 5), less its age. Nil when the DNS said nothing about it.
    public var ttl: Duration?

    /// Makes a response.
    public init(
        name: String, type: DNSRecordType, outcome: DNSOutcome, duration: Duration, ttl: Duration? = nil
    ) {
        self.name = name
        self.type = type
        self.outcome = outcome
        self.duration = duration
        self.ttl = ttl
    }

    /// The records, none for every kind of "no".
    public var records: [DNSRecord] {
        if case .records(let records) = outcome { records } else { [] }
    }

    /// The texts of the TXT records.
    public var texts: [String] { records.compactMap { if case .txt(let text) = $0 { text } else { nil } } }

    /// Whether the DNS has told what there is: records, or that there are none.
    public var isAnswered: Bool {
        switch outcome {
        case .records, .noData, .nameNotFound: true
        case .serverFailure, .refused, .timedOut, .broken, .cancelled: false
        }
    }

    /// Whether the DNS has told that there is nothing (a void look-up of RFC 7208, section 4.6.4).
    public var isVoid: Bool { isAnswered && records.isEmpty }
}

/// Whoever can look a name up.
public protocol DNSResolving: Sendable {
    /// Asks one question. It always answers: every failure is an outcome.
    ///
    /// - Parameters:
    ///   - name: The name, in A-labels.
    ///   - type: The record type.
    /// - Returns: The outcome and its time; a cancelled task gets `cancelled` at once.
    func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse
}

extension DNSOutcome {
    private enum Word: String, CaseIterable {
        case records, refused, broken
        case nameNotFound = "name_not_found"
        case noData = "no_data"
        case serverFailure = "server_failure"
        case timedOut = "timed_out"
        case cancelled
    }

    private struct Members {
        var outcome: Word
        var reason: String?
        var records: [DNSRecord]

        init(_ outcome: Word, reason: String? = nil, records: [DNSRecord] = []) {
            self.outcome = outcome
            self.reason = reason
            self.records = records
        }
    }

    /// How it stands in a report: three members, those of the look-up beside them.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("outcome", \.outcome, .word("an outcome of a look-up"), "Each kind of \"no\" is another diagnosis."),
        .field("reason", \.reason, .optional(.text), "broken: why."),
        .field("records", \.records, .list(DNSRecord.json), missing: [], "What was found, none for every \"no\".")
    ).mapped { members -> DNSOutcome in
        switch members.outcome {
        case .records: .records(members.records)
        case .nameNotFound: .nameNotFound
        case .noData: .noData
        case .serverFailure: .serverFailure
        case .refused: .refused
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .broken: .broken(members.reason ?? "")
        }
    } write: { (outcome: DNSOutcome) -> Members in
        switch outcome {
        case .records(let records): Members(.records, records: records)
        case .nameNotFound: Members(.nameNotFound)
        case .noData: Members(.noData)
        case .serverFailure: Members(.serverFailure)
        case .refused: Members(.refused)
        case .timedOut: Members(.timedOut)
        case .cancelled: Members(.cancelled)
        case .broken(let reason): Members(.broken, reason: reason)
        }
    }
}

extension DNSResponse {
    /// How it stands in a report.
    public static let json = JSONDescription<DNSResponse>.object(
        DNSResponse.init,
        .field("name", \.name, .text, "The name that was asked for."),
        .field("type", \.type, .word("a type of record"), "The type that was asked for."),
        .inline(\.outcome, DNSOutcome.json),
        .field("duration_ms", \.duration, .milliseconds, "How long it took."),
        .field(
            "ttl_ms", \.ttl, .optional(.milliseconds), missing: nil,
            "How long the answer still holds; null when the DNS does not say."))
}
