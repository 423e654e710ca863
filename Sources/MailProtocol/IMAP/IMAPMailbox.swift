import FoundationEssentials

/// A LIST response (RFC 9051, section 7.3.1): `* LIST (\HasNoChildren \Sent) "/" "Sent Items"`; or one to XLIST, which
/// some servers had before special uses were standard.
struct IMAPMailbox: Hashable, Sendable {
    /// The special uses that are known (RFC 6154, section 2; RFC 8457, section 3), spelt as there.
    static let specialUses = [
        "\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash",
    ]

    /// What XLIST calls them.
    private static let olderNames = ["\\SPAM": "\\Junk", "\\ALLMAIL": "\\All", "\\STARRED": "\\Flagged"]

    /// The attributes, upper case.
    let attributes: [String]
    /// What stands between the parts of a name, nil for NIL.
    let delimiter: UInt8?
    /// The name as sent.
    let name: [UInt8]

    /// Reads what follows the word LIST.
    ///
    /// - Parameter scanner: A scanner behind the word.
    init?(_ scanner: inout IMAPScanner) {
        scanner.skipSpaces()
        guard let attributes = scanner.list(of: { $0.word() }) else { return nil }
        scanner.skipSpaces()
        guard let delimiter = scanner.string() else { return nil }
        scanner.skipSpaces()
        guard let name = scanner.string() else { return nil }
        self.attributes = attributes.map { ASCII.keyword($0) }
        self.delimiter = delimiter.count == 1 ? delimiter.first : nil
        self.name = name
    }

    /// Whether there is such a mailbox: a server may list one that does not exist but has children.
    var exists: Bool { !attributes.contains("\\NONEXISTENT") }

    /// Whether it can be opened.
    var canBeOpened: Bool { exists && !attributes.contains("\\NOSELECT") }

    /// The special uses among the attributes.
    var specialUses: [String] {
        let older = attributes.compactMap { Self.olderNames[$0] }
        return Self.specialUses.filter { attributes.contains(ASCII.keyword($0.utf8)) || older.contains($0) }
    }
}

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

/// A `date-time` (RFC 9051, section 9): `"17-Jul-1996 02:44:25 -0700"`.
enum IMAPDate {
    private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

    /// Reads a date; nil when it breaks the grammar.
    ///
    /// - Parameter octets: What stands between the quotation marks.
    /// - Returns: The moment.
    static func date(_ octets: [UInt8]) -> Date? {
        let words = ASCII.keyword(octets).split(separator: " ")
        guard words.count == 3 else { return nil }
        let day = words[0].split(separator: "-")
        let time = words[1].split(separator: ":").map { Int($0) }
        guard day.count == 3, time.count == 3, let month = months.firstIndex(of: String(day[1])),
            let date = Int(day[0]), (1...31).contains(date), let year = Int(day[2]), (1900...9999).contains(year),
            let hour = time[0], let minute = time[1], let second = time[2], (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second), let zone = Int(words[2]), words[2].count == 5
        else { return nil }
        let offset = (zone / 100 * 60 + zone % 100) * 60
        let seconds = daysSince1970(year, month + 1, date) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }

    /// Days of the Gregorian calendar, counted in years that begin in March, so that the leap day is the last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
