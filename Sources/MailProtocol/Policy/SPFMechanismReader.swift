import Foundation

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
