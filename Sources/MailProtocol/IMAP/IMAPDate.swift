import Foundation

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
