import Foundation

/// How points in time and durations stand in a report.
enum JSONTime {
    /// RFC 3339 in UTC with milliseconds: `2026-11-22T09:30:00.000Z`.
    static func text(_ date: Date) -> String {
        // The style cuts what is below a millisecond, and a Date is seldom exactly on one: round, then stay clear of it.
        let rounded = (date.timeIntervalSince1970 * 1000).rounded() / 1000
        return Date(timeIntervalSince1970: rounded + 0.0001).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
    }

    /// Milliseconds with one decimal.
    static func milliseconds(_ duration: Duration) -> JSONValue {
        .number((duration.inMilliseconds * 10).rounded() / 10)
    }

    /// Milliseconds with one decimal, or `null` for what did not run.
    static func milliseconds(_ duration: Duration?) -> JSONValue {
        duration.map { milliseconds($0) } ?? .null
    }
}

extension Duration {
    /// The duration in milliseconds, never below zero.
    var inMilliseconds: Double {
        let parts = components
        return max(0, Double(parts.seconds) * 1000 + Double(parts.attoseconds) / 1e15)
    }
}
