public import MailModel

/// A key that mail is signed with, the TXT record of `SELECTOR._domainkey.DOMAIN` (RFC 6376, section 3.6.1):
/// `v=DKIM1; k=rsa; p=MIGfMA0G...`. White space, folded or not, may stand around names and values.
public struct DKIMKeyRecord: Hashable, Sendable {
    /// `k`, lower case; `rsa` when it is not there.
    public let keyType: String
    /// Whether the key was taken back: `p` is there and empty.
    public let isWithdrawn: Bool

    /// The types of key that verifiers know (RFC 6376, RFC 8463). They ignore all others.
    private static let keyTypes: Set<String> = ["rsa", "ed25519"]

    /// Reads a record. Nil for records that verifiers ignore: without `p`, with another version, with a version that is
    /// not the first tag, with a tag that stands there twice, and with a type of key that nobody knows.
    ///
    /// - Parameter record: The text of a TXT record, its strings joined without a blank.
    public init?(record: String) {
        let list = TagList(record)
        let versions = list.values("v")
        guard versions.isEmpty || list.begins(version: "DKIM1"), !list.hasDuplicates, let key = list.values("p").first
        else { return nil }
        keyType = list.values("k").first?.lowercased() ?? "rsa"
        guard Self.keyTypes.contains(keyType) else { return nil }
        isWithdrawn = key.utf8.allSatisfy(TagList.isBlank)
    }

    /// What stands at a selector.
    ///
    /// - Parameter response: The look-up of its TXT records.
    /// - Returns: The state; with several records, a key is what counts.
    public static func state(_ response: DNSResponse) -> DKIMFacts.State {
        guard response.isAnswered else { return .notKnown }
        let keys = response.texts.compactMap { DKIMKeyRecord(record: $0) }
        guard !keys.isEmpty else { return .missing }
        return keys.contains { !$0.isWithdrawn } ? .key : .withdrawn
    }
}

/// A list of `tag=value` pairs with semicolons between them, the shape that several kinds of TXT record share
/// (RFC 6376, section 3.2).
struct TagList: Hashable, Sendable {
    /// One pair; a part without `=` has no name.
    struct Tag: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The pairs, in order, without blanks and line ends around names and values. Empty parts are left out.
    let tags: [Tag]

    /// Reads a record.
    ///
    /// - Parameter record: The record's text; nothing is read above 8 KiB.
    init(_ record: String) {
        let octets = record.utf8.count <= DiscoveryLimits.record ? Array(record.utf8) : []
        tags = octets.split(separator: UInt8(ascii: ";")).compactMap { part in
            let part = Self.trimmed(part)
            guard !part.isEmpty else { return nil }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                return Tag(name: "", value: String(decoding: part, as: UTF8.self))
            }
            let name = Self.trimmed(part[..<equals])
            let value = Self.trimmed(part[(equals + 1)...])
            return Tag(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        }
    }

    /// Whether the first tag is `v` with this very value.
    ///
    /// - Parameter version: Such as `DMARC1`.
    /// - Returns: False for every other record.
    func begins(version: String) -> Bool { tags.first == Tag(name: "v", value: version) }

    /// The values of a tag.
    ///
    /// - Parameter name: The tag's name.
    /// - Returns: Its values, in order; more than one breaks the rules of every such record.
    func values(_ name: String) -> [String] { tags.filter { $0.name == name }.map(\.value) }

    /// Whether a tag stands there twice, which makes a whole DKIM record void (RFC 6376, section 3.2).
    var hasDuplicates: Bool { Set(tags.map(\.name)).count < tags.count }

    /// The octets of folding white space (RFC 6376, section 2.8).
    static func isBlank(_ octet: UInt8) -> Bool {
        octet == ASCII.space || octet == 0x09 || octet == ASCII.carriageReturn || octet == ASCII.lineFeed
    }

    private static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> [UInt8] {
        Array(octets.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
