import Foundation
import MailJSON

/// Times for eyes.
enum TimeWords {
    /// `34 ms`, `1.2 s`, `65 s`, or whole minutes and hours: `5 min`, `1 h`.
    static func text(_ duration: Duration) -> String {
        let milliseconds = max(0, duration / .milliseconds(1)).rounded()
        if milliseconds < 1000 { return "\(whole(milliseconds)) ms" }
        let tenths = whole(milliseconds / 100)
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
        let seconds = whole(milliseconds / 1000)
        if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    /// The day of a date in UTC: `2026-11-22`.
    static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
    }

    private static func whole(_ number: Double) -> Int { Int(exactly: number.rounded()) ?? Int.max }

    /// A moment, as a report has it: `2026-11-22T09:30:00.000Z`.
    static func moment(_ date: Date) -> String { JSONDescription<Date>.date.write(date).text ?? "" }
}
