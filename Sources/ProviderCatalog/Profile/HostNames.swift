public import MailJSON
internal import MailModel

/// The form that names have in the catalogue.
enum HostNameForm {
    /// Whether a text is a name of two labels or more just as `DomainName` writes it: lower case, in A-labels, without
    /// a dot at the end.
    ///
    /// `DomainName` also corrects what people type. The catalogue has more than a thousand names and must not be
    /// corrected, so they are only looked at here.
    ///
    /// - Parameter text: The text.
    /// - Returns: True exactly where `DomainName` would take the text and leave it as it is.
    static func isCanonical(_ text: some StringProtocol) -> Bool {
        var labels = 0
        var length = 0
        var last = UInt8(ascii: ".")
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                guard (1...63).contains(length), last != UInt8(ascii: "-") else { return false }
                labels += 1
                length = 0
            } else {
                guard isAllowed(byte), length > 0 || byte != UInt8(ascii: "-") else { return false }
                length += 1
            }
            last = byte
        }
        return labels > 0 && (1...63).contains(length) && last != UInt8(ascii: "-") && text.utf8.count <= 253
            && !DomainName.endsInNumber(text)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

/// A name of mail exchangers, compared label by label.
public enum MXPattern: Hashable, Sendable {
    /// This host and no other.
    case exact(String)
    /// This name and all names below it.
    case suffix(String)

    /// The name in the pattern, lower case.
    public var name: String {
        switch self {
        case .exact(let name), .suffix(let name): name
        }
    }
}

/// A domain of mail addresses, or all domains below a name.
public struct MailDomainPattern: Hashable, Sendable, CustomStringConvertible {
    /// The name in A-labels, without the `*.` of a pattern.
    public let name: String
    /// Whether the domains below the name are meant, and not the name itself.
    public let includesSubdomains: Bool

    /// Reads `example.com` or `*.example.com`; nil for anything else.
    ///
    /// - Parameter text: The pattern, lower case.
    public init?(_ text: String) {
        includesSubdomains = text.hasPrefix("*.")
        name = includesSubdomains ? String(text.dropFirst(2)) : text
        guard HostNameForm.isCanonical(name) else { return nil }
    }

    /// Whether a domain is the one that is meant, or one of those.
    ///
    /// - Parameter domain: The domain, lower case.
    /// - Returns: True when it is.
    func covers(_ domain: String) -> Bool { includesSubdomains ? domain.hasSuffix("." + name) : domain == name }

    /// `example.com` or `*.example.com`
    public var description: String { includesSubdomains ? "*." + name : name }
}

extension JSONDescription where Value == String {
    /// A name in the form that names have in the catalogue.
    static var hostName: JSONDescription {
        text(pattern: #"^([a-z0-9_-]+\.)+[a-z0-9_-]+$"#, length: 1...253).checked { name throws(JSONMistake) in
            guard HostNameForm.isCanonical(name) else {
                throw JSONMistake(.badValue, "it is not a lower-case host name")
            }
        }
    }
}

extension MXPattern {
    /// How it stands in a profile: `{"exact": "..."}` or `{"suffix": "..."}`.
    public static let json = JSONDescription<Members>.object(
        Members.init,
        .field("exact", \.exact, .optional(.hostName), missing: nil, "This host and no other."),
        .field("suffix", \.suffix, .optional(.hostName), missing: nil, "This name and all names below it."),
        about:
            "A name of mail exchangers, compared label by label; the longest pattern wins. It has one of the two keys."
    ).mapped { members throws(JSONMistake) -> MXPattern in
        switch (members.exact, members.suffix) {
        case (let name?, nil): return .exact(name)
        case (nil, let name?): return .suffix(name)
        default: throw JSONMistake(.missingKey, at: "suffix", "either exact or suffix must stand here")
        }
    } write: { (pattern: MXPattern) -> Members in
        switch pattern {
        case .exact(let name): Members(exact: name, suffix: nil)
        case .suffix(let name): Members(exact: nil, suffix: name)
        }
    }.withoutNulls

    private struct Members {
        var exact: String?
        var suffix: String?
    }
}

extension MailDomainPattern {
    /// How it stands in a profile.
    public static let json = JSONDescription<String>.text(pattern: #"^(\*\.)?([a-z0-9_-]+\.)+[a-z0-9_-]+$"#)
        .mapped { text throws(JSONMistake) -> MailDomainPattern in
            guard let pattern = MailDomainPattern(text) else {
                throw JSONMistake(.badValue, "it is not a lower-case domain name")
            }
            return pattern
        } write: { (pattern: MailDomainPattern) -> String in
            pattern.description
        }
}
