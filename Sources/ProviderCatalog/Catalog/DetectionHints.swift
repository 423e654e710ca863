internal import MailJSON

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What detection knows of networks and names that belong to no single profile: `detection.json`.
public struct DetectionHints: Hashable, Sendable {
    /// The networks from which a provider sends, which some records write out in place of its name.
    public let networks: [ProviderNetworks]
    /// Names below which an exchanger takes no mail: proofs of ownership.
    public let noMail: [String]
    /// Profiles of software that many hosters run: what points there tells settings and nobody's name.
    public let panels: Set<String>
    /// Names below which services write a domain's own SPF record anew, networks in place of names.
    public let flatteners: [String]
    /// Proofs of ownership that houses of mailboxes ask for, and that have nothing to do with mail.
    public let otherProofs: [OtherProof]
    let date: CatalogDate?
    let about: String?

    /// No hints, for a catalogue without the file.
    public static let none = DetectionHints(
        networks: [], noMail: [], panels: [], flatteners: [], otherProofs: [], date: nil, about: nil)

    /// The providers whose networks stand in records, by id: those of which at least two lie within theirs.
    ///
    /// One network alone may be a single machine that somebody rents there.
    ///
    /// - Parameter networks: Addresses with the length of their prefix, as SPF records have them.
    /// - Returns: The ids, sorted, each with one network that was seen.
    public func providers(of networks: [(address: String, prefix: Int)]) -> [(id: String, example: String)] {
        let seen = networks.compactMap { NetworkPrefix($0.address, $0.prefix) }
        return self.networks.compactMap { owner in
            let hits = Set(seen.filter { network in owner.prefixes.contains { $0.contains(network) } })
            guard hits.count >= 2, let example = hits.map(\.description).min() else { return nil }
            return (owner.provider, example)
        }.sorted { $0.id < $1.id }
    }

    /// Whether an exchanger is there to prove something and takes no mail.
    ///
    /// - Parameter exchange: Its name, lower case.
    /// - Returns: True when it is.
    public func takesNoMail(_ exchange: String) -> Bool {
        noMail.contains { exchange == $0 || exchange.hasSuffix("." + $0) }
    }
}

/// The networks from which one provider sends.
public struct ProviderNetworks: Hashable, Sendable {
    /// The provider's id.
    public let provider: String
    /// The networks.
    let prefixes: [NetworkPrefix]
    let source: String
    let date: CatalogDate
}

/// A network: `192.0.2.0/24` or `2001:db8::/32`.
struct NetworkPrefix: Hashable, Sendable, CustomStringConvertible {
    /// The text as it was read.
    let description: String
    private let octets: [UInt8]
    private let length: Int

    /// Reads an address and the length of its prefix; nil for anything else.
    init?(_ address: String, _ length: Int) {
        guard let octets = Self.octets(of: address), (0...octets.count * 8).contains(length) else { return nil }
        self.octets = octets
        self.length = length
        description = "\(address)/\(length)"
    }

    /// Whether another network is this one or lies within.
    func contains(_ other: NetworkPrefix) -> Bool {
        guard octets.count == other.octets.count, other.length >= length else { return false }
        return zip(octets, other.octets).enumerated().allSatisfy { place, pair in
            let bits = min(8, max(0, length - place * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            return pair.0 & mask == pair.1 & mask
        }
    }

    private static func octets(of address: String) -> [UInt8]? {
        guard address.utf8.count <= 45 else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        if inet_pton(AF_INET6, address, &six) == 1 { return withUnsafeBytes(of: &six) { Array($0) } }
        return nil
    }
}

extension DetectionHints {
    /// How the hints stand in their file.
    static let json = JSONDescription<DetectionHints>.object(
        DetectionHints.init(networks:noMail:panels:flatteners:otherProofs:date:about:),
        .field("networks", \.networks, .list(ProviderNetworks.json), "Networks from which providers send."),
        .field("no_mail", \.noMail, .list(.hostName), "Names below which an exchanger takes no mail."),
        .field("panels", \.panels, .textSet, "Profiles of software that many hosters run."),
        .field("flatteners", \.flatteners, .list(.hostName), "Names below which SPF records are written anew."),
        .field(
            "other_proofs", \.otherProofs, .list(OtherProof.json), missing: [],
            "Proofs of ownership that have nothing to do with mail."),
        .field("date", \.date, .some(CatalogDate.json), "When the names were last looked through."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the file is."))
}

/// A proof of ownership that says nothing about mail by itself, and takes away from what another house's proof says.
public struct OtherProof: Hashable, Sendable {
    /// The provider's id.
    public let provider: String
    /// How the TXT record begins, in small letters.
    public let prefix: String

    static let json = JSONDescription<OtherProof>.object(
        OtherProof.init, .field("provider", \.provider, .filledText, "The provider's id."),
        .field("prefix", \.prefix, .filledText, "How the TXT record begins, in small letters."))
}

extension ProviderNetworks {
    static let json = JSONDescription<ProviderNetworks>.object(
        ProviderNetworks.init(provider:prefixes:source:date:),
        .field("provider", \.provider, .filledText, "The provider's id."),
        .field("prefixes", \.prefixes, .list(NetworkPrefix.json, atLeast: 1), "Its networks."),
        .field("source", \.source, .filledText, "Where they stand."),
        .field("date", \.date, CatalogDate.json, "When that was looked up: such lists change."))
}

extension NetworkPrefix {
    static let json = JSONDescription<String>.filledText.mapped { text throws(JSONMistake) in
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let length = Int(parts[1]), let network = NetworkPrefix(String(parts[0]), length) else {
            throw JSONMistake(.badValue, "it is no network such as 192.0.2.0/24")
        }
        return network
    } write: { (network: NetworkPrefix) -> String in
        network.description
    }
}
