public import FoundationEssentials
public import MailJSON

/// A day of the Gregorian calendar, written `2026-11-22`.
public struct CatalogDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The year, 2000...2999.
    public let year: Int
    /// The month, 1...12.
    public let month: Int
    /// The day of the month, 1...31.
    public let day: Int

    /// Reads a day.
    ///
    /// - Parameter text: The day as `YYYY-MM-DD`; nil comes back for anything else.
    public init?(_ text: String) {
        let octets = Array(text.utf8)
        guard octets.count == 10, octets[4] == UInt8(ascii: "-"), octets[7] == UInt8(ascii: "-"),
            let year = Self.number(octets[..<4]), let month = Self.number(octets[5..<7]),
            let day = Self.number(octets[8...]), (2000...2999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, in: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that it is in UTC at a moment.
    ///
    /// - Parameter moment: The moment.
    public init(_ moment: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        (year, month, day) = (parts.year ?? 2000, parts.month ?? 1, parts.day ?? 1)
    }

    /// `2026-11-22`
    public var description: String {
        [(year, 4), (month, 2), (day, 2)].map { number, width in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }.joined(separator: "-")
    }

    /// Whether one day comes before another.
    ///
    /// - Parameters:
    ///   - left: One day.
    ///   - right: The other.
    /// - Returns: True when `left` is the earlier one.
    public static func < (left: CatalogDate, right: CatalogDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Whether this day lies more than a year before another.
    ///
    /// - Parameter today: The other day.
    /// - Returns: True when the same day of the next year has passed.
    public func isOverAYearBefore(_ today: CatalogDate) -> Bool {
        (year + 1, month, day) < (today.year, today.month, today.day)
    }

    /// The number that digits stand for; nil when something else is among them.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CatalogDate {
    /// How it stands in the catalogue.
    public static let json = JSONDescription<String>.text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date")
        .mapped { text throws(JSONMistake) -> CatalogDate in
            guard let date = CatalogDate(text) else { throw JSONMistake(.badValue, "it is not a day as YYYY-MM-DD") }
            return date
        } write: { (date: CatalogDate) -> String in
            date.description
        }
}
