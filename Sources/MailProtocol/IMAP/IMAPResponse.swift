import MailModel

/// A response of an IMAP4rev1 or rev2 server (RFC 3501, RFC 9051 section 7), as far as it matters here.
enum IMAPResponse: Hashable, Sendable {
    /// OK, NO, BAD, BYE or PREAUTH.
    case status(IMAPStatusResponse)
    /// `* CAPABILITY ...`
    case capability(IMAPCapabilities)
    /// `* LIST ...`
    case list(IMAPMailbox)
    /// `* 23 EXISTS`
    case exists(Int)
    /// `* ID ("name" "Dovecot")` (RFC 2971): names and values in turn; none for NIL.
    case identification([[UInt8]])
    /// `* 1 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700")`: the date as sent.
    case internalDate([UInt8])
    /// `* QUOTA "" (STORAGE 10 512)` (RFC 9208, section 4.2.1)
    case quota([QuotaFacts])
    /// `* SEARCH 2 5`
    case search([Int])
    /// `* 5 FETCH (BODY[HEADER.FIELDS (AUTHENTICATION-RESULTS)] {12} ...)`: the fields as sent.
    case header([UInt8])
    /// `+ ...`
    case continuation([UInt8])
    /// Any other untagged data.
    case other

    /// Reads a response; nil when it is none.
    ///
    /// - Parameter octets: A whole response, literals included.
    init?(_ octets: [UInt8]) {
        if octets.first == UInt8(ascii: "+") {
            guard octets.count == 1 || octets[1] == ASCII.space else { return nil }
            self = .continuation(ASCII.trimmed(octets.dropFirst()))
        } else if let status = IMAPStatusResponse(octets) {
            if status.tag != nil, status.condition == .bye || status.condition == .preauth { return nil }
            self = .status(status)
        } else {
            guard octets.starts(with: Array("* ".utf8)) else { return nil }
            self = Self.data(Array(octets.dropFirst(2)))
        }
    }

    private static func data(_ octets: [UInt8]) -> IMAPResponse {
        var scanner = IMAPScanner(octets)
        guard let first = scanner.word() else { return .other }
        if let number = ASCII.number(first) {
            scanner.skipSpaces()
            switch scanner.word().map({ ASCII.keyword($0) }) {
            case "EXISTS": return .exists(number)
            case "FETCH": return fetched(&scanner)
            default: return .other
            }
        }
        switch ASCII.keyword(first) {
        case "CAPABILITY": return .capability(IMAPCapabilities(scanner.rest))
        case "QUOTA": return quota(&scanner)
        case "SEARCH": return .search(scanner.rest.split(separator: ASCII.space).compactMap { ASCII.number($0) })
        case "LIST", "XLIST": return IMAPMailbox(&scanner).map { .list($0) } ?? .other
        case "ID": return identification(&scanner)
        default: return .other
        }
    }

    private static func fetched(_ scanner: inout IMAPScanner) -> IMAPResponse {
        scanner.skipSpaces()
        if let octets = headerFields(Array(scanner.rest)) { return .header(octets) }
        let items = scanner.list(of: { $0.string() }) ?? []
        guard let index = items.firstIndex(where: { ASCII.keyword($0) == "INTERNALDATE" }), index + 1 < items.count
        else { return .other }
        return .internalDate(items[index + 1])
    }

    /// What stands behind `BODY[HEADER.FIELDS (...)]`, as a literal or a quoted string.
    private static func headerFields(_ octets: [UInt8]) -> [UInt8]? {
        let start = Array("(BODY[HEADER".utf8)
        guard ASCII.keyword(octets.prefix(start.count)) == String(decoding: start, as: UTF8.self),
            let bracket = octets.firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        var scanner = IMAPScanner(Array(octets[(bracket + 1)...]))
        scanner.skipSpaces()
        return scanner.string()
    }

    private static func quota(_ scanner: inout IMAPScanner) -> IMAPResponse {
        scanner.skipSpaces()
        guard scanner.string() != nil else { return .other }
        scanner.skipSpaces()
        let items = scanner.list(of: { $0.word() }) ?? []
        return .quota(
            stride(from: 0, to: items.count - 2, by: 3).compactMap { index in
                guard let used = ASCII.number(items[index + 1]), let limit = ASCII.number(items[index + 2]) else {
                    return nil
                }
                return QuotaFacts(resource: ASCII.keyword(items[index]), used: used, limit: limit)
            })
    }

    private static func identification(_ scanner: inout IMAPScanner) -> IMAPResponse {
        scanner.skipSpaces()
        return .identification(scanner.list(of: { $0.string() }) ?? [])
    }
}
