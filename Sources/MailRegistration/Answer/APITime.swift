import FoundationEssentials

/// Reads the times that the API and HTTP write.
enum APITime {
    /// Reads `created_at`: RFC 3339, and the forms that servers make of it.
    ///
    /// The fraction and the zone may be missing (then it is UTC), the zone may have no colon, and a space may stand for
    /// the `T`.
    ///
    /// - Parameter text: Such as `2026-11-22T10:00:00.123456`.
    /// - Returns: The time, nil when the text is none.
    static func timestamp(_ text: String) -> Date? {
        let form =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})([.,][0-9]{1,9})?(.*)/
        guard let match = text.wholeMatch(of: form), let offset = zone(match.8) else { return nil }
        let numbers = [match.1, match.2, match.3, match.4, match.5, match.6].compactMap { Int($0) }
        let fraction = match.7.flatMap { Double("0." + $0.dropFirst()) } ?? 0
        return date(numbers)?.addingTimeInterval(fraction - Double(offset))
    }

    /// Reads the date form of HTTP (RFC 9110, section 5.6.7, IMF-fixdate).
    ///
    /// - Parameter text: Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    /// - Returns: The time, nil when the text is none.
    static func httpDate(_ text: String) -> Date? {
        let form = /[A-Za-z]{3}, ([0-9]{2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT/
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let match = text.wholeMatch(of: form), let month = months.firstIndex(of: String(match.2)) else {
            return nil
        }
        let rest = [match.1, match.4, match.5, match.6].compactMap { Int($0) }
        guard let year = Int(match.3), rest.count == 4 else { return nil }
        return date([year, month + 1] + rest)
    }

    /// Seconds east of UTC; nothing at all means UTC.
    private static func zone(_ text: Substring) -> Int? {
        let text = text.drop { $0 == " " }
        if text.isEmpty || text == "Z" || text == "z" { return 0 }
        guard let match = text.wholeMatch(of: /([+-])([0-9]{2}):?([0-9]{2})?/), let hours = Int(match.2) else {
            return nil
        }
        let minutes = match.3.flatMap { Int($0) } ?? 0
        guard hours < 24, minutes < 60 else { return nil }
        return (match.1 == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// Year, month, day, hour, minute and second in UTC; nil for a day or hour that does not exist.
    private static func date(_ numbers: [Int]) -> Date? {
        guard numbers.count == 6 else { return nil }
        let parts = DateComponents(
            calendar: Calendar(identifier: .gregorian), timeZone: .gmt, year: numbers[0], month: numbers[1],
            day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5])
        return parts.isValidDate ? parts.date : nil
    }
}
