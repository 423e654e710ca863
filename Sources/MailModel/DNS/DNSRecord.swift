public import MailJSON

/// The record types that are asked for.
public enum DNSRecordType: String, Hashable, Sendable, CaseIterable {
    /// IPv4 address (RFC 1035).
    case a = "A"
    /// IPv6 address (RFC 3596).
    case aaaa = "AAAA"
    /// Mail exchanger (RFC 1035, RFC 7505 for the null MX).
    case mx = "MX"
    /// Text (RFC 1035).
    case txt = "TXT"
    /// Service location (RFC 2782).
    case srv = "SRV"
    /// Canonical name (RFC 1035).
    case cname = "CNAME"
}

/// One record of an answer. Names are lower case, without a trailing dot; the root is "".
public enum DNSRecord: Hashable, Sendable {
    /// An IPv4 or IPv6 address as text.
    case address(String)
    /// A mail exchanger; a null MX is `(0, "")`.
    case mx(preference: Int, exchange: String)
    /// The character-strings of one TXT record, joined.
    case txt(String)
    /// A service location; "not offered" has the target "".
    case srv(priority: Int, weight: Int, port: Int, target: String)
    /// An alias.
    case cname(String)
}

extension DNSRecord {
    /// How it stands in a report.
    public static let json = JSONDescription<DNSRecord>.union(
        "a kind of record", [Case.address, Case.mx, Case.txt, Case.srv, Case.cname]
    ) { record in
        switch record {
        case .address(let address): Case.address(address)
        case .mx(let preference, let exchange): Case.mx(preference, exchange)
        case .txt(let text): Case.txt(text)
        case .srv(let priority, let weight, let port, let target): Case.srv(priority, weight, port, target)
        case .cname(let target): Case.cname(target)
        }
    }

    private enum Case {
        static let address = JSONCase("address", DNSRecord.address, .payload("address", .text, "IPv4 or IPv6."))
        static let mx = JSONCase(
            "mx", DNSRecord.mx, .payload("preference", .integer, "The lowest is tried first."),
            .payload("exchange", .text, "The host; empty for \"takes no mail\"."))
        static let txt = JSONCase("txt", DNSRecord.txt, .payload("text", .text, "The character-strings, joined."))
        static let srv = JSONCase(
            "srv", DNSRecord.srv, .payload("priority", .integer, "The lowest is tried first."),
            .payload("weight", .integer, "How often among equals."), .payload("port", .integer, "The TCP port."),
            .payload("target", .text, "The host; empty for \"not offered\"."))
        static let cname = JSONCase("cname", DNSRecord.cname, .payload("target", .text, "The name behind the alias."))
    }
}
