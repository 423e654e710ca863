public import MailModel

/// A DMARC policy, the TXT record of `_dmarc.DOMAIN` (RFC 7489, section 6.3): `v=DMARC1; p=none; rua=mailto:a@b.example`.
///
/// What is wrong in it is told in `problems`; the rest is read all the same, as section 6.3 asks.
public struct DMARCRecord: Hashable, Sendable {
    /// What receivers shall do with mail that fails.
    public enum Policy: String, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// Take it for suspicious.
        case quarantine
        /// Refuse it.
        case reject
    }

    /// What can be wrong. The raw values are stable.
    public enum Problem: String, Hashable, Sendable, CaseIterable {
        /// There is no `p`.
        case missingPolicy = "missing_policy"
        /// `p` is no policy.
        case badPolicy = "bad_policy"
        /// `sp` is no policy.
        case badSubdomainPolicy = "bad_subdomain_policy"
        /// `pct` is no number in 0...100.
        case badPercentage = "bad_percentage"
        /// `rua` holds something that is no URI.
        case badReportAddress = "bad_report_address"
        /// A part without `=`.
        case badTag = "bad_tag"
        /// A tag stands there twice.
        case duplicateTag = "duplicate_tag"
    }

    /// `p`. Nil when it cannot be told, and then the record has no effect; `none` when it cannot be told and there is
    /// an address for reports (section 6.6.3).
    public let policy: Policy?
    /// `sp`, nil when `p` covers the subdomains too.
    public let subdomainPolicy: Policy?
    /// `pct`, in per cent; 100 when it is missing or no number.
    public let percentage: Int
    /// How many addresses get reports.
    public let reportAddressCount: Int
    /// What is wrong, each kind once.
    public let problems: [Problem]

    /// Reads a record. Nil for records that do not begin with `v=DMARC1`.
    ///
    /// - Parameter record: The text of a TXT record.
    public init?(record: String) {
        let list = TagList(record)
        guard list.begins(version: "DMARC1") else { return nil }
        var problems = Self.shapeProblems(list)
        let addresses = list.values("rua").first?.split(separator: ",").map { ASCII.trimmed($0.utf8) } ?? []
        let reported = addresses.filter(Self.isURI)
        if reported.count < addresses.count { problems.append(.badReportAddress) }
        let written = list.values("p").first
        let read = written.flatMap { Policy(rawValue: $0.lowercased()) }
        if read == nil { problems.append(written == nil ? .missingPolicy : .badPolicy) }
        let subdomains = list.values("sp").first
        subdomainPolicy = subdomains.flatMap { Policy(rawValue: $0.lowercased()) }
        if subdomains != nil, subdomainPolicy == nil { problems.append(.badSubdomainPolicy) }
        let share = list.values("pct").first
        let percentage = share.flatMap { ASCII.number($0.utf8) }.flatMap { $0 <= 100 ? $0 : nil }
        if share != nil, percentage == nil { problems.append(.badPercentage) }
        policy = read ?? (reported.isEmpty ? nil : Policy.none)
        reportAddressCount = reported.count
        self.percentage = percentage ?? 100
        self.problems = problems
    }

    /// The policy that holds.
    ///
    /// - Parameter isSubdomain: Whether it is asked for a name below the one where the record stands.
    /// - Returns: `p`, for a subdomain `sp` where it is there; nil when the record has no effect.
    public func policy(ofSubdomain isSubdomain: Bool) -> Policy? {
        policy == nil || !isSubdomain ? policy : subdomainPolicy ?? policy
    }

    /// The record of a domain.
    ///
    /// - Parameter records: The texts of all TXT records of `_dmarc.DOMAIN`.
    /// - Returns: The one that counts; several count as none.
    public static func sole(in records: [String]) -> SoleRecord<DMARCRecord> {
        SoleRecord(records.compactMap { DMARCRecord(record: $0) })
    }

    private static func shapeProblems(_ list: TagList) -> [Problem] {
        var problems: [Problem] = []
        let names = list.tags.map(\.name)
        if names.contains("") { problems.append(.badTag) }
        if Set(names).count < names.count { problems.append(.duplicateTag) }
        return problems
    }

    /// A scheme and something after it (RFC 3986, section 3.1).
    private static func isURI(_ octets: [UInt8]) -> Bool {
        guard let colon = octets.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon < octets.count - 1 else {
            return false
        }
        return octets.allSatisfy { (0x21...0x7E).contains($0) } && !octets[..<colon].contains(UInt8(ascii: "@"))
    }
}

/// The search for the policy that holds for a domain (RFC 7489, section 6.6.3): its own record, else that of the
/// organizational domain, whose `sp` then goes before its `p`.
public struct DMARCDiscovery: PolicyMachine {
    /// What to ask now.
    public private(set) var questions: [DNSQuestion]
    /// What was found; nil before the first answer.
    public private(set) var facts: DMARCFacts?

    private let domain: String
    private let organizationalDomain: String?

    /// Makes a search that has asked nothing.
    ///
    /// - Parameters:
    ///   - domain: The domain, lower case.
    ///   - organizationalDomain: The domain that somebody registered (section 3.2), as a list of public suffixes tells
    ///     it; nil when it is not known.
    public init(_ domain: String, organizationalDomain: String?) {
        self.domain = domain
        self.organizationalDomain = organizationalDomain == domain ? nil : organizationalDomain
        questions = [DNSQuestion("_dmarc.\(domain)", .txt)]
    }

    /// Takes an answer.
    ///
    /// - Parameter response: The answer to the question; others are ignored.
    public mutating func take(_ response: DNSResponse) {
        guard questions == [DNSQuestion(response.name, response.type)] else { return }
        questions = []
        guard var facts else {
            facts = Self.facts(DMARCFacts(lookup: response), response, isInherited: false)
            // What could not be asked may be there, so the organizational domain has no say yet.
            if facts?.recordCount == 0, response.isAnswered, let organizationalDomain {
                questions = [DNSQuestion("_dmarc.\(organizationalDomain)", .txt)]
            }
            return
        }
        facts.organizationalLookup = response
        self.facts = Self.facts(facts, response, isInherited: true)
    }

    private static func facts(_ facts: DMARCFacts, _ response: DNSResponse, isInherited: Bool) -> DMARCFacts {
        let sole = DMARCRecord.sole(in: response.texts)
        var facts = facts
        facts.recordCount = sole.count
        facts.policy = sole.record?.policy(ofSubdomain: isInherited)?.rawValue
        facts.problems = sole.record?.problems.map(\.rawValue) ?? []
        return facts
    }
}
