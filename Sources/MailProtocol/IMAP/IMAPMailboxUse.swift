/// What a mailbox is for, told by its name where the server marks none (RFC 6154 came in 2011).
enum IMAPMailboxUse {
    /// The last part of the name, upper case, as common servers and programs call it.
    private static let names: [String: String] = [
        "SENT": "\\Sent", "SENT ITEMS": "\\Sent", "SENT MESSAGES": "\\Sent", "SENT MAIL": "\\Sent",
        "SENT-MAIL": "\\Sent", "JUNK": "\\Junk", "JUNK E-MAIL": "\\Junk", "JUNK EMAIL": "\\Junk", "SPAM": "\\Junk",
        "BULK": "\\Junk", "BULK MAIL": "\\Junk",
    ]

    /// The use that a name suggests.
    ///
    /// - Parameters:
    ///   - name: The mailbox's name.
    ///   - delimiter: What stands between the parts of a name; nil when names have one part.
    /// - Returns: `\Sent` or `\Junk`, nil for any other name.
    static func guess(_ name: [UInt8], delimiter: UInt8?) -> String? {
        let last = delimiter.flatMap { delimiter in name.split(separator: delimiter).last } ?? name[...]
        return names[ASCII.keyword(last)]
    }
}
