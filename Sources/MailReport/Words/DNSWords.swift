import FoundationEssentials
internal import MailJSON
import MailModel

/// Look-ups in a few words.
enum DNSWords {
    /// What a look-up brought, or which kind of "no" it met.
    static func summary(of response: DNSResponse) -> String {
        switch response.outcome {
        case .records(let records) where records.isEmpty: "no \(response.type.rawValue) record"
        case .records(let records): list(records.map(text), atMost: 3)
        case .nameNotFound: "the name \(response.name) does not exist"
        case .noData: "\(response.name) has no \(response.type.rawValue) record"
        case .serverFailure: "the resolver could not find out (SERVFAIL)"
        case .refused: "the resolver does not want to answer (REFUSED)"
        case .timedOut: "the resolver did not answer in time"
        case .broken(let reason): "the look-up failed: \(reason)"
        case .cancelled: "the look-up was cancelled"
        }
    }

    private static func text(of record: DNSRecord) -> String {
        switch record {
        case .address(let address): address
        case .mx(0, ""): "null MX, the domain takes no mail"
        case .mx(let preference, let exchange): "\(preference) \(exchange)"
        case .txt(let text): text
        case .srv(_, _, _, ""): "not offered"
        case .srv(_, _, let port, let target): "\(target):\(port)"
        case .cname(let target): "alias of \(target)"
        }
    }

    /// The first few of a list, and how many more there are.
    static func list(_ items: [String], atMost limit: Int) -> String {
        let shown = items.prefix(limit).joined(separator: ", ")
        return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
    }
}

/// Times for eyes.
enum TimeWords {
    /// A moment, as a report has it: `2026-11-22T09:30:00.000Z`.
    static func moment(_ date: Date) -> String { JSONDescription<Date>.date.write(date).text ?? "" }

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
}
