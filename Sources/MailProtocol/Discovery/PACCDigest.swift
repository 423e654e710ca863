/// A TXT record of `_ua-auto-config.DOMAIN`, which vouches for a `PACCDocument` (draft-ietf-mailmaint-pacc).
///
/// `v=UAAC1; a=sha256; d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=`
public struct PACCDigest: Hashable, Sendable {
    /// The SHA-256 that the record holds, 32 octets.
    public let sha256: [UInt8]

    /// Reads a record.
    ///
    /// Nil for other records, for other algorithms, and for a digest that is not 32 octets in base64.
    ///
    /// - Parameter record: The text of a TXT record.
    public init?(record: String) {
        let list = TagList(record)
        guard list.begins(version: "UAAC1"), list.values("a").map({ $0.lowercased() }) == ["sha256"] else { return nil }
        let digests = list.values("d")
        guard digests.count == 1, let digest = Base64.decode(Array(digests[0].utf8)), digest.count == 32 else {
            return nil
        }
        sha256 = digest
    }

    /// The records among others.
    ///
    /// - Parameter records: The texts of all TXT records of the name.
    /// - Returns: Those that can be read, in order; a document is good if one of them matches.
    public static func all(in records: [String]) -> [PACCDigest] { records.compactMap { PACCDigest(record: $0) } }

    /// Whether a document is the one that is meant.
    ///
    /// - Parameter digest: The SHA-256 of the document's octets, as they were fetched.
    /// - Returns: True for equal digests.
    public func matches(_ digest: [UInt8]) -> Bool { digest == sha256 }
}
