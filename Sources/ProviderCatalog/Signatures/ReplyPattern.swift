import MailModel

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

    /// Reads the keys of a signature.
    init(_ object: JSONObject) throws(CatalogError) {
        code = object.isNull("code") ? nil : try object.integer("code", in: 200...599)
        codeClass = object.isNull("code_class") ? nil : try object.integer("code_class", in: 2...5)
        enhancedCode = try object.optionalText("enhanced_code")
        status = try object.optionalText("status")
        responseCode = try object.optionalText("response_code")
        if let status, !["OK", "NO", "BAD", "BYE"].contains(status) {
            throw object.error(.badValue, "status", "it must be one of OK, NO, BAD, BYE")
        }
        if let enhancedCode, EnhancedCode.length(in: enhancedCode[...]) != enhancedCode.utf8.count {
            throw object.error(.badValue, "enhanced_code", "it is no enhanced status code such as 5.7.8")
        }
    }

    private static func compare<Value: Equatable>(_ wanted: Value?, _ seen: Value?) -> Fit {
        guard let wanted else { return .fits }
        guard let seen else { return .unproved }
        return wanted == seen ? .fits : .differs
    }
}
