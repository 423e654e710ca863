import FoundationEssentials
import Glibc

/// An SPF record, a TXT record of the domain (RFC 7208): `v=spf1 include:_spf.example.com ip4:192.0.2.0/24 -all`.
///
/// Here it is evidence of who sends for a domain. So a term that breaks the grammar is told in `problems`, and the rest
/// is read all the same; a receiver would stop with `permerror`.
public struct SPFRecord: Hashable, Sendable {
    /// The mechanisms, in order.
    public private(set) var mechanisms: [SPFMechanism] = []
    /// `redirect` as written; see `effectiveRedirect`.
    public private(set) var redirect: SPFDomain?
    /// `exp`: where the text for refusals stands.
    public private(set) var explanation: SPFDomain?
    /// The names of modifiers that RFC 7208 does not know, lower case; they mean nothing (section 6).
    public private(set) var unknownModifiers: [String] = []
    /// What breaks the grammar, in order; empty for a good record.
    public private(set) var problems: [SPFProblem] = []

    /// Reads a record. Nil for records that are no SPF at all (section 4.5).
    ///
    /// - Parameter record: The text of a TXT record, its strings joined without a blank (section 3.3).
    public init?(record: String) {
        let version = "v=spf1"
        let rest = record.utf8.dropFirst(version.utf8.count)
        guard ASCII.keyword(record.utf8.prefix(version.utf8.count)) == version.uppercased(),
            rest.first == nil || rest.first == ASCII.space
        else { return nil }
        guard record.utf8.count <= DiscoveryLimits.record else {
            problems = [SPFProblem(record[...], .tooLong)]
            return
        }
        for term in rest.split(separator: ASCII.space) { read(Substring(term)) }
    }

    /// The record of a domain.
    ///
    /// - Parameter records: The texts of all TXT records of the domain.
    /// - Returns: The record; several are an error (section 4.5).
    public static func sole(in records: [String]) -> SoleRecord<SPFRecord> {
        SoleRecord(records.compactMap { SPFRecord(record: $0) })
    }

    /// The names whose records are included, in order.
    public var includes: [SPFDomain] {
        mechanisms.compactMap { if case .include(let domain) = $0.kind { domain } else { nil } }
    }

    /// `redirect`, unless an `all` makes it pointless (section 6.1).
    public var effectiveRedirect: SPFDomain? { mechanisms.contains { $0.kind == .all } ? nil : redirect }

    /// The mechanisms that a receiver ever looks at: what stands after `all` is ignored (section 5.1).
    var tested: ArraySlice<SPFMechanism> { mechanisms.prefix { $0.kind != .all } }

    /// How many terms of this record make a receiver ask the DNS; with those of all included records, 10 are allowed
    /// (section 4.6.4).
    public var lookupCost: Int { tested.count(where: \.costsLookup) + (effectiveRedirect == nil ? 0 : 1) }

    /// The names whose records belong to this one, without those that take a message to be known.
    var links: [String] {
        let includes = tested.compactMap { if case .include(let domain) = $0.kind { domain } else { nil } }
        return (includes + [effectiveRedirect].compactMap { $0 }).filter { !$0.hasMacros }.compactMap(\.macroSuffix)
    }

    /// All names in it that can tell whose servers are meant; of a name with macros, what is the same for every mail.
    public var names: [String] {
        (mechanisms.compactMap(\.domain) + [effectiveRedirect].compactMap { $0 }).compactMap(\.macroSuffix)
    }

    private mutating func read(_ term: Substring) {
        do throws(SPFProblem.Fault) {
            let name = Self.modifierName(term)
            if let name {
                try readModifier(name, term.dropFirst(name.count + 1))
            } else {
                mechanisms.append(try SPFMechanismReader.mechanism(term))
            }
        } catch {
            problems.append(SPFProblem(term, error))
        }
    }

    private mutating func readModifier(_ name: String, _ value: Substring) throws(SPFProblem.Fault) {
        switch name {
        case "redirect":
            guard redirect == nil else { throw .duplicateModifier }
            redirect = try SPFDomain(value)
        case "exp":
            guard explanation == nil else { throw .duplicateModifier }
            explanation = try SPFDomain(value)
        default:
            _ = try SPFDomain.afterMacros(value)
            unknownModifiers.append(name)
        }
    }

    /// `name "="` at the beginning of a modifier, lower case: a letter, then letters, digits, hyphens, dots and
    /// underscores.
    private static func modifierName(_ term: Substring) -> String? {
        guard let equals = term.firstIndex(of: "=") else { return nil }
        let name = term[..<equals]
        guard name.first?.isLetter == true else { return nil }
        let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return isName ? name.lowercased() : nil
    }
}

/// Reads one mechanism (RFC 7208, sections 5 and 12).
enum SPFMechanismReader {
    /// Reads a mechanism.
    ///
    /// - Parameter term: The term, with its qualifier if it has one.
    /// - Returns: The mechanism.
    /// - Throws: What is wrong with it.
    static func mechanism(_ term: Substring) throws(SPFProblem.Fault) -> SPFMechanism {
        let qualifier = term.first.flatMap { SPFMechanism.Qualifier(rawValue: String($0)) }
        let directive = qualifier == nil ? term : term.dropFirst()
        let name = directive.prefix { $0 != ":" && $0 != "/" }
        return SPFMechanism(
            qualifier: qualifier ?? .pass, kind: try kind(name.lowercased(), directive.dropFirst(name.count)))
    }

    private static func kind(_ name: String, _ rest: Substring) throws(SPFProblem.Fault) -> SPFMechanism.Kind {
        switch name {
        case "all":
            guard rest.isEmpty else { throw .unexpectedArgument }
            return .all
        case "include": return .include(try domain(rest))
        case "exists": return .exists(try domain(rest))
        case "ptr": return .ptr(rest.isEmpty ? nil : try domain(rest))
        case "a", "mx":
            let (domain, ip4, ip6) = try target(rest)
            return name == "a"
                ? .a(domain, ip4Prefix: ip4, ip6Prefix: ip6) : .mx(domain, ip4Prefix: ip4, ip6Prefix: ip6)
        case "ip4":
            let (address, prefix) = try network(rest, family: AF_INET)
            return .ip4(address, prefix: prefix)
        case "ip6":
            let (address, prefix) = try network(rest, family: AF_INET6)
            return .ip6(address, prefix: prefix)
        default: throw .unknownMechanism
        }
    }

    private static func domain(_ rest: Substring) throws(SPFProblem.Fault) -> SPFDomain {
        guard rest.first == ":" else { throw rest.isEmpty ? .missingDomain : .unexpectedArgument }
        return try SPFDomain(rest.dropFirst())
    }

    /// `[ ":" domain-spec ] [ dual-cidr-length ]`: `/24`, `//64` or `/24//64`. A slash inside a macro is none of it.
    private static func target(_ rest: Substring) throws(SPFProblem.Fault) -> (SPFDomain?, ip4: Int, ip6: Int) {
        let afterMacros = rest.lastIndex(of: "}") ?? rest.startIndex
        let slash = rest[afterMacros...].firstIndex(of: "/") ?? rest.endIndex
        let name = rest[..<slash]
        let (ip4, ip6) = try dualPrefix(rest[slash...])
        return (name.isEmpty ? nil : try domain(name), ip4, ip6)
    }

    private static func dualPrefix(_ text: Substring) throws(SPFProblem.Fault) -> (ip4: Int, ip6: Int) {
        guard !text.isEmpty else { return (32, 128) }
        if text.hasPrefix("//") { return (32, try prefix(text.dropFirst(2), limit: 128)) }
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 3 && parts[1].isEmpty) else { throw .badPrefixLength }
        let ip6 = parts.count == 3 ? try prefix(parts[2], limit: 128) : 128
        return (try prefix(parts[0], limit: 32), ip6)
    }

    private static func prefix(_ text: Substring, limit: Int) throws(SPFProblem.Fault) -> Int {
        guard let number = ASCII.number(text.utf8), number <= limit, text == "0" || text.first != "0" else {
            throw .badPrefixLength
        }
        return number
    }

    private static func network(
        _ rest: Substring, family: Int32
    ) throws(SPFProblem.Fault) -> (address: String, prefix: Int) {
        guard rest.first == ":" else { throw .badAddress }
        let parts = rest.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var binary = in6_addr()
        guard let address = parts.first.map(String.init), address.utf8.count <= 45,
            inet_pton(family, address, &binary) == 1
        else { throw .badAddress }
        let limit = family == AF_INET ? 32 : 128
        return (address.lowercased(), parts.count == 2 ? try prefix(parts[1], limit: limit) : limit)
    }
}
