public import MailModel

/// The search for a domain's MTA-STS policy (RFC 8461): the record that says there is one, the host that holds it, and the
/// policy itself, held against the domain's mail exchangers.
///
/// ```
/// _mta-sts.example.com TXT "v=STSv1; id=20160831085700Z"
/// https://mta-sts.example.com/.well-known/mta-sts.txt
/// ```
public struct MTASTSDiscovery: PolicyMachine {
    /// Octets of a policy that are read (section 3.2).
    public static let maximumLength = 65_536

    /// What a policy host answered.
    public enum Answer: Hashable, Sendable {
        /// A response: its status, its media type as sent, and its body.
        case response(status: Int, mediaType: String?, body: [UInt8])
        /// None.
        case failure(MTASTSFacts.Problem)
    }

    /// What to ask the DNS now.
    public private(set) var questions: [DNSQuestion]
    /// The document to fetch now, over https and without following redirects; nil while there is none.
    public private(set) var documentURL: String?
    /// What was found; nil before the first answer.
    public private(set) var facts: MTASTSFacts?

    private let host: String
    private let exchangers: [String]
    private var isAbsent: [DNSRecordType: Bool] = [:]

    /// Makes a search that has asked nothing.
    ///
    /// - Parameters:
    ///   - domain: The domain, lower case.
    ///   - exchangers: Its mail exchangers, lower case.
    public init(_ domain: String, exchangers: [String]) {
        host = "mta-sts.\(domain)"
        self.exchangers = exchangers
        questions = [DNSQuestion("_mta-sts.\(domain)", .txt)]
    }

    /// Takes an answer.
    ///
    /// - Parameter response: The answer to one of the questions; others are ignored.
    public mutating func take(_ response: DNSResponse) {
        guard let index = questions.firstIndex(of: DNSQuestion(response.name, response.type)) else { return }
        questions.remove(at: index)
        guard facts != nil else { return begin(response) }
        isAbsent[response.type] = response.isVoid
        guard questions.isEmpty else { return }
        if isAbsent.values.allSatisfy({ $0 }) {
            facts?.problem = .noPolicyHost
        } else {
            documentURL = "https://\(host)/.well-known/mta-sts.txt"
        }
    }

    /// Takes what the policy host answered.
    ///
    /// - Parameter answer: The answer to the request for `documentURL`.
    public mutating func take(_ answer: Answer) {
        guard documentURL != nil else { return }
        documentURL = nil
        facts?.policyHost = host
        do throws(MTASTSFacts.Problem) {
            let policy = try MTASTSPolicyReader.policy(in: answer)
            facts?.policy = policy
            guard policy.mode != .none else { return }
            facts?.uncovered = exchangers.filter { name in
                !policy.patterns.contains { MTASTSPolicyReader.matches($0, name) }
            }
        } catch {
            facts?.problem = error
        }
    }

    /// Only records that begin with the version count (section 3.1).
    private mutating func begin(_ response: DNSResponse) {
        let lists = response.texts.map { TagList($0) }.filter { $0.begins(version: "STSv1") }
        var found = MTASTSFacts(lookup: response, recordCount: lists.count)
        defer { facts = found }
        guard let list = lists.first else { return }
        guard lists.count == 1 else {
            found.problem = .severalRecords
            return
        }
        let id = list.values("id").first ?? ""
        guard (1...32).contains(id.utf8.count), id.utf8.allSatisfy(Self.isAlphanumeric) else {
            found.problem = .badRecord
            return
        }
        found.id = id
        questions = [DNSQuestion(host, .a), DNSQuestion(host, .aaaa)]
    }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        (0x61...0x7A).contains(octet | 0x20) || ASCII.digit(octet) != nil
    }
}

/// Reads a policy (RFC 8461, section 3.2): lines of `key: value` that end with LF or CRLF. Of a key that may stand there
/// once, the first counts; keys that nobody knows are ignored.
enum MTASTSPolicyReader {
    /// One year of 365.25 days.
    static let maximumAge = 31_557_600
    /// Names in one policy.
    static let patternLimit = 100

    /// Reads what a policy host answered.
    ///
    /// - Parameter answer: The answer.
    /// - Returns: The policy.
    /// - Throws: Why there is none.
    static func policy(in answer: MTASTSDiscovery.Answer) throws(MTASTSFacts.Problem) -> MTASTSFacts.Policy {
        switch answer {
        case .failure(let problem): throw problem
        case .response(let status, _, _) where (300..<400).contains(status): throw .redirected
        case .response(let status, _, _) where status != 200: throw .badStatus
        case .response(_, let mediaType, let body):
            let type = mediaType?.split(separator: ";").first.map { ASCII.keyword(ASCII.trimmed($0.utf8)) }
            guard type == "TEXT/PLAIN" else { throw .badMediaType }
            guard body.count <= MTASTSDiscovery.maximumLength else { throw .tooLarge }
            return try policy(of: body)
        }
    }

    private static func policy(of body: [UInt8]) throws(MTASTSFacts.Problem) -> MTASTSFacts.Policy {
        var values: [String: [String]] = [:]
        for line in body.split(separator: ASCII.lineFeed) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let key = String(decoding: ASCII.trimmed(line[..<colon]), as: UTF8.self)
            let value = ASCII.trimmed(line[(colon + 1)...].filter { $0 != ASCII.carriageReturn })
            values[key, default: []].append(String(decoding: value, as: UTF8.self))
        }
        guard values["version"]?.first == "STSv1" else { throw .badVersion }
        guard let mode = values["mode"]?.first.flatMap(MTASTSFacts.Mode.init(rawValue:)) else { throw .badMode }
        guard let age = values["max_age"]?.first.flatMap({ ASCII.number($0.utf8) }), age <= maximumAge else {
            throw .badMaximumAge
        }
        let patterns = (values["mx"] ?? []).prefix(patternLimit).map { $0.lowercased() }
        guard patterns.allSatisfy(isPattern), mode == .none || !patterns.isEmpty else { throw .badPattern }
        return MTASTSFacts.Policy(mode: mode, maximumAge: age, patterns: patterns)
    }

    /// Whether a name of the policy covers an exchanger: `*.` stands for one label (section 4.1).
    ///
    /// - Parameters:
    ///   - pattern: `mail.example.com` or `*.example.com`, lower case.
    ///   - name: The exchanger's name, lower case.
    /// - Returns: True when it does.
    static func matches(_ pattern: String, _ name: String) -> Bool {
        guard pattern.hasPrefix("*.") else { return pattern == name }
        guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return false }
        return name[name.index(after: dot)...] == pattern.dropFirst(2)
    }

    private static func isPattern(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        return (try? DomainName(name))?.description == name
    }
}

/// The search for a domain's TLS-RPT record (RFC 8460, section 3): `v=TLSRPTv1; rua=mailto:reports@example.com`.
public struct TLSRPTDiscovery: PolicyMachine {
    /// What to ask now.
    public private(set) var questions: [DNSQuestion]
    /// What was found; nil before the answer.
    public private(set) var facts: TLSRPTFacts?

    /// Makes a search that has asked nothing.
    ///
    /// - Parameter domain: The domain, lower case.
    public init(_ domain: String) { questions = [DNSQuestion("_smtp._tls.\(domain)", .txt)] }

    /// Takes the answer.
    ///
    /// - Parameter response: The answer to the question; others are ignored.
    public mutating func take(_ response: DNSResponse) {
        guard questions == [DNSQuestion(response.name, response.type)] else { return }
        questions = []
        let lists = response.texts.map { TagList($0) }.filter { $0.begins(version: "TLSRPTv1") }
        var found = TLSRPTFacts(lookup: response, recordCount: lists.count)
        defer { facts = found }
        guard let list = lists.first else { return }
        guard lists.count == 1 else {
            found.problem = .severalRecords
            return
        }
        let addresses = (list.values("rua").first ?? "").split(separator: ",").map { ASCII.trimmed($0.utf8) }
        found.addressCount = addresses.count(where: Self.isAddress)
        if addresses.isEmpty { found.problem = .noAddress }
        if found.addressCount < addresses.count { found.problem = .badAddress }
    }

    /// `mailto:` or `https:`, and something behind it.
    private static func isAddress(_ octets: [UInt8]) -> Bool {
        guard let colon = octets.firstIndex(of: UInt8(ascii: ":")), colon < octets.count - 1 else { return false }
        let isVisible = octets.allSatisfy { (0x21...0x7E).contains($0) }
        return isVisible && ["MAILTO", "HTTPS"].contains(ASCII.keyword(octets[..<colon]))
    }
}
