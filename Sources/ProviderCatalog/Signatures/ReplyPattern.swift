public import MailJSON
internal import MailModel

/// What a reply must be like, apart from its text. What is nil is not asked for.
public struct ReplyPattern: Hashable, Sendable {
    /// SMTP: the three-digit code.
    public var code: Int?
    /// SMTP: the first digit of the code.
    public var codeClass: Int?
    /// SMTP: the enhanced status code (RFC 3463).
    public var enhancedCode: String?
    /// IMAP: `OK`, `NO`, `BAD` or `BYE`.
    public var status: String?
    /// IMAP: the response code, upper case, without brackets.
    public var responseCode: String?

    /// How well a reply fits.
    enum Fit: Hashable, Sendable {
        /// Something that is asked for is there and differs.
        case differs
        /// Something that is asked for is not there, as in a text that was pasted without its code.
        case unproved
        /// All that is asked for is there.
        case fits
    }

    /// Whether nothing is asked for.
    public var isEmpty: Bool { !namesCode && !isCoarse }

    /// Whether a code is asked for, and not only a class or an IMAP status.
    var namesCode: Bool { code != nil || enhancedCode != nil || responseCode != nil }

    /// Whether a class of codes or an IMAP status is asked for.
    var isCoarse: Bool { codeClass != nil || status != nil }

    /// How many things are asked for.
    var count: Int {
        [code != nil, codeClass != nil, enhancedCode != nil, status != nil, responseCode != nil].count { $0 }
    }

    /// Compares a reply.
    ///
    /// - Parameter reply: The reply.
    /// - Returns: How well it fits.
    func fit(_ reply: ServerReply) -> Fit {
        let parts = [
            Self.compare(code, reply.code), Self.compare(codeClass, reply.code.map { $0 / 100 }),
            Self.compare(enhancedCode, reply.enhancedCode), Self.compare(status, reply.status),
            Self.compare(responseCode, reply.responseCode),
        ]
        if parts.contains(.differs) { return .differs }
        return parts.contains(.unproved) ? .unproved : .fits
    }

    private static func compare<Value: Equatable>(_ wanted: Value?, _ seen: Value?) -> Fit {
        guard let wanted else { return .fits }
        guard let seen else { return .unproved }
        return wanted == seen ? .fits : .differs
    }
}

extension ReplyPattern {
    /// How it stands in a signature: its keys are among those of the signature.
    public static let json = JSONDescription<ReplyPattern>.object(
        ReplyPattern.init(code:codeClass:enhancedCode:status:responseCode:),
        .field("code", \.code, .optional(.integer(in: 200...599)), missing: nil, "SMTP: the three-digit code."),
        .field("code_class", \.codeClass, .optional(.integer(in: 2...5)), missing: nil, "SMTP: its first digit."),
        .field(
            "enhanced_code", \.enhancedCode, .optional(enhancedCode), missing: nil, "SMTP: the enhanced status code."),
        .field("status", \.status, .optional(status), missing: nil, "IMAP: OK, NO, BAD or BYE."),
        .field(
            "response_code", \.responseCode, .optional(.text(pattern: "^[A-Z0-9-]+$", length: 1...64)), missing: nil,
            "IMAP: the response code, upper case, without brackets."))

    private static let enhancedCode = JSONDescription<String>.text(
        pattern: #"^[245]\.\d{1,3}\.\d{1,3}$"#
    ).checked { code throws(JSONMistake) in
        guard !code.isEmpty, EnhancedCode.length(in: code[...]) == code.utf8.count else {
            throw JSONMistake(.badValue, "it is not an enhanced status code such as 5.7.8")
        }
    }

    private static let status = JSONDescription<String>.text(pattern: "^(OK|NO|BAD|BYE)$").checked {
        status throws(JSONMistake) in
        guard ["OK", "NO", "BAD", "BYE"].contains(status) else {
            throw JSONMistake(.badValue, "it must be one of OK, NO, BAD, BYE")
        }
    }
}
