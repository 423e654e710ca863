import FoundationEssentials
import Glibc
public import MailJSON

/// A domain name as the DNS knows it: A-labels, lower case, no trailing dot.
///
/// Internationalized text is converted to A-labels on the way in (`bücher.example` becomes `xn--bcher-kva.example`),
/// so that two spellings of one name are one value. Length limits are those of RFC 1035, section 2.3.4.
public struct DomainName: Hashable, Sendable, CustomStringConvertible {
    /// The name in A-label form.
    public let description: String

    /// Reads a domain name.
    ///
    /// - Parameter text: The name, with or without a trailing dot, in A-label or internationalized form.
    /// - Throws: `AddressError` when the text cannot name a domain.
    public init(_ text: String) throws(AddressError) {
        var name = text.trimmingWhitespace(lineEnds: false)
        if name.hasSuffix(".") { name.removeLast() }
        guard !name.isEmpty else { throw .emptyDomain }
        if !name.utf8.allSatisfy({ $0 < 0x80 }) { name = try Self.aLabels(of: name) }
        name = name.lowercased()
        guard name.utf8.count <= 253 else { throw .domainTooLong }
        for label in name.split(separator: ".", omittingEmptySubsequences: false) {
            guard (1...63).contains(label.utf8.count) else { throw .badLabel(String(label)) }
            guard label.utf8.allSatisfy(Self.isAllowed), label.first != "-", label.last != "-" else {
                throw .badLabel(String(label))
            }
        }
        guard !Self.endsInNumber(name) else { throw .ipAddress(name) }
        description = name
    }

    /// Whether the last label is digits only, or hexadecimal as `inet_aton` reads it: `127.0.0.1`, `0x7f.1`, `2130706433`.
    ///
    /// - Parameter name: A name in lower case, without a dot at the end.
    /// - Returns: True for what is an address to `inet_aton`, or an address spelt wrong.
    package static func endsInNumber(_ name: some StringProtocol) -> Bool {
        let octets = Substring(name).utf8
        let last = octets.lastIndex(of: UInt8(ascii: ".")).map { octets[$0...].dropFirst() } ?? octets
        let isDigit = { (octet: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }
        if last.allSatisfy(isDigit) { return true }
        return last.starts(with: "0x".utf8)
            && last.dropFirst(2).allSatisfy { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }

    /// The labels, leftmost first.
    public var labels: [Substring] { description.split(separator: ".") }

    /// Whether this name is `ancestor` or lies below it, compared label by label.
    ///
    /// - Parameter ancestor: A name in the same form as `description`.
    /// - Returns: True for equal names and for names that end in `.ancestor`.
    public func isEqualOrBelow(_ ancestor: String) -> Bool {
        description == ancestor || description.hasSuffix("." + ancestor)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// IDNA's ToASCII, as Foundation does it for the host of a URL.
    private static func aLabels(of name: String) throws(AddressError) -> String {
        var components = URLComponents()
        components.scheme = "https"
        components.host = name
        guard let encoded = components.encodedHost, encoded.utf8.allSatisfy({ $0 < 0x80 }), !encoded.contains("%")
        else {
            throw .badLabel(name)
        }
        return encoded
    }
}

extension DomainName {
    /// How it stands in JSON: in A-labels.
    public static let json = JSONDescription<String>.text.mapped { text throws(JSONMistake) -> DomainName in
        do throws(AddressError) { return try DomainName(text) } catch {
            throw JSONMistake(.badValue, "\(error)")
        }
    } write: { (value: DomainName) -> String in
        value.description
    }
}
