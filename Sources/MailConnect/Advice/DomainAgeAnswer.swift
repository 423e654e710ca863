internal import FoundationEssentials
internal import MailJSON

/// When a domain was registered, as an RDAP answer says (RFC 9083, section 4.5).
///
/// ```
/// {"objectClassName": "domain", "events": [{"eventAction": "registration", "eventDate": "2019-03-01T10:00:00Z"}]}
/// ```
enum DomainAgeAnswer {
    /// Reads an answer.
    ///
    /// - Parameter octets: The body, of a length that the caller has limited.
    /// - Returns: The date of registration; nil when the answer names none or cannot be read.
    static func registration(in octets: [UInt8]) -> Date? {
        let events = (try? JSONParser.parse(octets))?["events"]?.elements ?? []
        return events.filter { $0["eventAction"]?.text?.lowercased() == "registration" }
            .compactMap { $0["eventDate"]?.text.flatMap(date) }.min()
    }

    /// RFC 3339; registries write it with and without a fraction.
    private static func date(_ text: String) -> Date? {
        guard text.utf8.count <= 40 else { return nil }
        let plain = Date.ISO8601FormatStyle()
        let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? plain.parse(text)) ?? (try? fractional.parse(text))
    }
}
