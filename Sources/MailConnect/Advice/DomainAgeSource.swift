internal import Foundation
internal import MailModel
internal import MailNetwork

/// Asks a public RDAP service when a domain was registered (RFC 9082, section 3.1.3), over https only.
///
/// The service learns the domain: it is asked only when the user allows third parties.
struct DomainAgeSource {
    /// How long all questions may take.
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
    }

    /// How many names above the domain are asked for when it is not registered itself.
    private static let mostParents = 2

    /// Asks; where the domain is not registered itself, for the one above it.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - deadline: When the run ends.
    ///   - now: The time that the age is counted to.
    /// - Returns: The age, and how the question ended.
    func ask(_ domain: DomainName, until deadline: ContinuousClock.Instant, now: Date) async -> Answer {
        let begun = ContinuousClock.now
        let due = min(deadline, begun + Self.patience)
        var labels = domain.description.split(separator: ".")
        var (answer, isRegistered) = await askOnce(domain.description, until: due, now: now)
        for _ in 0..<Self.mostParents where !isRegistered && labels.count > 2 {
            labels.removeFirst()
            (answer, isRegistered) = await askOnce(labels.joined(separator: "."), until: due, now: now)
        }
        answer.evidence.duration = .now - begun
        return answer
    }

    /// One question; the flag is false only when the service does not know the name.
    private func askOnce(
        _ name: String, until due: ContinuousClock.Instant, now: Date
    ) async -> (Answer, Bool) {
        let url = base + name
        var answer = Answer(evidence: Evidence(source: "rdap", query: "GET \(url)", outcome: .none, detail: ""))
        do throws(HTTPFailure) {
            let response = try await http.send(
                HTTPRequest(
                    method: "GET", url: url, headers: [(name: "Accept", value: "application/rdap+json")],
                    maximumResponseLength: Self.maximumLength, timeout: max(.zero, due - .now), maximumRedirects: 4))
            if response.status == 200, let date = DomainAgeAnswer.registration(in: response.body), date <= now {
                let days = Int(min(now.timeIntervalSince(date), 1e10) / 86_400)
                answer.days = days
                answer.evidence.outcome = .found
                answer.evidence.detail = "registered \(days) days ago"
            } else {
                answer.evidence.detail = "status \(response.status), no date of registration"
            }
            return (answer, response.status != 404)
        } catch {
            answer.evidence.outcome = error.kind == .timedOut ? .timedOut : .broken
            answer.evidence.detail = ServerText(error.detail).escaped
            return (answer, true)
        }
    }
}
