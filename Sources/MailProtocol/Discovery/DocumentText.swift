import Foundation

/// The text of a document, whatever encoding it came in.
///
/// The encoding is found as XML 1.0 says (section 4.3.3 and appendix F): a byte order mark, the shape of the first
/// octets, the XML declaration, else UTF-8.
struct DocumentText: Hashable, Sendable {
    /// The text, without a byte order mark and without blanks at its beginning.
    let text: String
    /// Whether every octet made sense in the encoding. If not, `text` serves only to tell what kind of page it is.
    let isFaithful: Bool

    /// Decodes a document.
    ///
    /// - Parameter octets: The document as it was fetched.
    /// - Throws: `tooLarge` above 256 KiB, `empty` when there is no text.
    init(octets: [UInt8]) throws(DiscoveryError) {
        guard octets.count <= DiscoveryLimits.octets else { throw .tooLarge }
        let decoded = Self.decode(octets)
        isFaithful = decoded != nil
        let all = decoded ?? String(decoding: octets, as: UTF8.self)
        text = String(all.unicodeScalars.drop { $0 == "\u{FEFF}" || $0.properties.isWhitespace })
        guard !text.isEmpty else { throw .empty }
    }

    private static func decode(_ octets: [UInt8]) -> String? {
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: octets.dropFirst(3), as: UTF8.self) }
        if octets.starts(with: [0xFE, 0xFF]) || octets.starts(with: [0x00, 0x3C]) {
            return utf16(octets) { UInt16($0) << 8 | UInt16($1) }
        }
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0x3C, 0x00]) {
            return utf16(octets) { UInt16($1) << 8 | UInt16($0) }
        }
        switch declaredEncoding(octets) {
        // The declaration could be read octet by octet, so "utf-16" is the slip of a template.
        case nil, "utf-8", "utf8", "us-ascii", "utf-16": return String(validating: octets, as: UTF8.self)
        case "iso-8859-1", "latin1": return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        case "windows-1252": return String(bytes: octets, encoding: .windowsCP1252)
        default: return nil
        }
    }

    private static func utf16(_ octets: [UInt8], unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard octets.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: 0, to: octets.count, by: 2).map { unit(octets[$0], octets[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }

    /// The name in `<?xml ... encoding="NAME"?>`, lower case.
    private static func declaredEncoding(_ octets: [UInt8]) -> String? {
        let start = String(decoding: octets.prefix(256), as: UTF8.self).drop { $0.isWhitespace }
        guard start.hasPrefix("<?xml"), let end = start.range(of: "?>") else { return nil }
        let declaration = start[..<end.lowerBound].lowercased()
        guard let name = declaration.range(of: "encoding") else { return nil }
        let parts = declaration[name.upperBound...].split(whereSeparator: { "\"'= \t\r\n".contains($0) })
        return parts.first.map(String.init)
    }
}
