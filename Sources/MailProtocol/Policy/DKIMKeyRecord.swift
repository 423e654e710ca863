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
