import FoundationEssentials
import Glibc
public import MailJSON

/// A mail address: the local part as written, the domain in A-labels (RFC 5321, section 4.1.2; RFC 6531 for UTF-8).
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The part before the last `@`, as written.
    public let localPart: String

    /// The part after the last `@`.
    public let domain: DomainName

    /// Reads an address such as `Jane.Doe@example.com`.
    ///
    /// - Parameter text: The bare address, without display name or angle brackets.
    /// - Throws: `AddressError` naming the first thing that is wrong.
    public init(_ text: String) throws(AddressError) {
        let text = text.trimmingWhitespace(lineEnds: false)
        guard let at = text.lastIndex(of: "@") else { throw .missingAt }
        let local = String(text[..<at])
        guard !local.isEmpty else { throw .emptyLocalPart }
        guard local.utf8.count <= 64 else { throw .localPartTooLong }
        guard Self.isPlain(local), Self.isDotString(local) || Self.isQuotedString(local) else { throw .badLocalPart }
        localPart = local
        domain = try DomainName(String(text[text.index(after: at)...]))
    }

    /// The address as one text.
    public var description: String { "\(localPart)@\(domain)" }

    private static func isDotString(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.utf8.allSatisfy(isAtomText)
        }
    }

    private static func isQuotedString(_ text: String) -> Bool {
        guard text.utf8.count >= 3, text.hasPrefix("\""), text.hasSuffix("\"") else { return false }
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            guard (0x20...0x7E).contains(byte), isEscaped || byte != UInt8(ascii: "\"") else { return false }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return !isEscaped
    }

    /// UTF-8 is welcome in an address, characters that a terminal obeys or that hide text are not.
    private static func isPlain(_ text: String) -> Bool { ServerText(text).escaped == text }

    /// `atext` of RFC 5322, section 3.2.3, with the UTF-8 of RFC 6532.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }
}

extension EmailAddress {
    /// How it stands in JSON.
    public static let json = JSONDescription<String>.text.mapped { text throws(JSONMistake) -> EmailAddress in
        do throws(AddressError) { return try EmailAddress(text) } catch {
            throw JSONMistake(.badValue, "\(error)")
        }
    } write: { (value: EmailAddress) -> String in
        value.description
    }
}

/// Why a text is not a valid address or domain name.
public enum AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no `@`.
    case missingAt
    /// Nothing stands before the `@`.
    case emptyLocalPart
    /// The part before the `@` is longer than 64 octets (RFC 5321, section 4.5.3.1.1).
    case localPartTooLong
    /// The part before the `@` holds a character that no address may hold.
    case badLocalPart
    /// Nothing stands after the `@`.
    case emptyDomain
    /// The domain is longer than 253 octets (RFC 1035, section 2.3.4).
    case domainTooLong
    /// A label of the domain is empty, too long, or holds a character that no host name may hold.
    case badLabel(String)
    /// The last label is a number, so that `inet_aton` and with it half of all programs take the text for an IP address
    /// (RFC 3696, section 2: a top-level domain is not all-numeric; the URL Standard, "ends in a number").
    case ipAddress(String)

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .missingAt: "there is no @ in it"
        case .emptyLocalPart: "nothing stands before the @"
        case .localPartTooLong: "the part before the @ is longer than 64 characters"
        case .badLocalPart: "the part before the @ holds a character that an address cannot hold"
        case .emptyDomain: "there is no domain"
        case .domainTooLong: "the domain is longer than 253 characters"
        case .badLabel(let label): "\"\(ServerText(label).escaped)\" cannot be part of a domain name"
        case .ipAddress(let text): "\"\(ServerText(text).escaped)\" is an IP address, not a domain name"
        }
    }
}
