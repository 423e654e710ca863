/// A list of `tag=value` pairs with semicolons between them, the shape that several kinds of TXT record share
/// (RFC 6376, section 3.2).
struct TagList: Hashable, Sendable {
    /// One pair; a part without `=` has no name.
    struct Tag: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The pairs, in order, without blanks around names and values. Empty parts are left out.
    let tags: [Tag]

    /// Reads a record.
    ///
    /// - Parameter record: The record's text; nothing is read above 8 KiB.
    init(_ record: String) {
        let octets = record.utf8.count <= DiscoveryLimits.record ? Array(record.utf8) : []
        tags = octets.split(separator: UInt8(ascii: ";")).compactMap { part in
            let part = ASCII.trimmed(part)
            guard !part.isEmpty else { return nil }
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                return Tag(name: "", value: String(decoding: part, as: UTF8.self))
            }
            let name = ASCII.trimmed(part[..<equals])
            let value = ASCII.trimmed(part[(equals + 1)...])
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
}
