internal import FoundationEssentials
internal import MailModel
internal import MailNetwork

/// Asks a public RDAP service when a domain was registered (RFC 9082, section 3.1.3), over https only.
///
/// The service learns the domain: it is asked only when the user allows third parties.
struct DomainAgeSource {
    /// How long the question may take.
    static let patience = Duration.seconds(5)
    /// An answer has some ten kilobytes.
    static let maximumLength = 262_144

    /// Where it is, to be followed by the domain.
    let base: String
    /// Who fetches.
    let http: any HTTPSending

    /// What came of it.
    struct Answer {
        /// The age in days, nil when it is not known.
        var days: Int?
        /// The line for the report.
        var evidence: Evidence
        /// Who learnt the domain.
        var disclosure: Disclosure
    }

    /// Asks.
    ///
    /// - Parameters:
    ///   - domain: The registered domain.
    ///   - deadline: When the run ends.
    ///   - now: The time that the age is counted to.
    /// - Returns: The age, and how the question ended.
    func ask(_ domain: DomainName, until deadline: RunInstant, now: Date) async -> Answer {
        let begun = ContinuousClock.now
        let url = base + domain.description
        let party = URL(string: base)?.host() ?? base
        var answer = Answer(
            evidence: Evidence(source: .rdap, kind: .document, query: "GET \(url)", outcome: .none, detail: ""),
            disclosure: Disclosure(party: party, matter: .domain, isThirdParty: true))
        do throws(HTTPFailure) {
            let response = try await http.send(
                HTTPRequest(
                    method: "GET", url: url, headers: [(name: "Accept", value: "application/rdap+json")],
                    maximumResponseLength: Self.maximumLength, timeout: min(Self.patience, deadline.remaining),
                    maximumRedirects: 4))
            if response.status == 200, let date = DomainAgeAnswer.registration(in: response.body), date <= now {
                let days = Int(min(now.timeIntervalSince(date), 1e10) / 86_400)
                answer.days = days
                answer.evidence.outcome = .found
                answer.evidence.detail = "registered \(days) days ago"
            } else {
                answer.evidence.detail = "status \(response.status), no date of registration"
            }
        } catch {
            answer.evidence.outcome = error.kind == .timedOut ? .timedOut : .broken
            answer.evidence.detail = ServerText(error.detail).escaped
        }
        answer.evidence.duration = .now - begun
        return answer
    }
}
