import FoundationEssentials
import MailJSON
import MailModel
import MailNetwork

/// How long a 429 or 503 asks to wait.
///
/// The API documents no `Retry-After`; it sends `X-RateLimit-Reset` and names the seconds in its sentence. So the first
/// that is there counts: `Retry-After` (RFC 9110, section 10.2.3), the reset time, the sentence, a minute.
/// Source: <https://docs.coldsend.pro/reference/rate-limits>
enum RetryDelay {
    /// An hour is the longest window that the API documents: whoever names more is not believed.
    private static let longest = 3_600
    private static let usual = 60

    /// Finds the delay.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - now: The time now.
    /// - Returns: Seconds, 1...3600.
    static func seconds(_ response: HTTPResponse, now: Date) -> Int {
        let found = retryAfter(response, now) ?? reset(response, now) ?? sentence(response.body) ?? usual
        return min(max(found, 1), longest)
    }

    private static func retryAfter(_ response: HTTPResponse, _ now: Date) -> Int? {
        guard let value = response.header("retry-after")?.trimmingWhitespace(lineEnds: false) else { return nil }
        if let seconds = whole(value) { return seconds }
        return APITime.httpDate(value).map { until($0, from: now) }
    }

    /// Unix seconds. A time that is over says nothing: the clocks differ.
    private static func reset(_ response: HTTPResponse, _ now: Date) -> Int? {
        guard let value = response.header("x-ratelimit-reset")?.trimmingWhitespace(lineEnds: false),
            let seconds = whole(value)
        else { return nil }
        let delay = until(Date(timeIntervalSince1970: Double(seconds)), from: now)
        return delay > 0 ? delay : nil
    }

    private static func sentence(_ body: [UInt8]) -> Int? {
        guard let words = JSONValue(answer: body)?["detail"]?.text?.prefix(1_000),
            let match = words.firstMatch(of: /([0-9]{1,6}) ?s(?:ec|\b)/)
        else { return nil }
        return Int(match.1)
    }

    /// At most 12 digits, so that no sum with it overflows.
    private static func whole(_ text: String) -> Int? {
        text.count <= 12 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    private static func until(_ date: Date, from now: Date) -> Int {
        Int(min(max(date.timeIntervalSince(now).rounded(.up), -1), Double(longest)))
    }
}
