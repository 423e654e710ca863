import Foundation
import MailModel

/// Several servers, all of whose certificates seem out of date in the same way: then it is this machine's clock.
struct ClockSkewRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        let seen = input.observations.compactMap { observation -> (Observation, TLSFacts)? in
            guard case .tls(let facts)? = observation.facts, !facts.certificates.isEmpty else { return nil }
            return (observation, facts)
        }
        let own = Dictionary(
            seen.compactMap { entry in entry.1.certificates.first.map { ($0.sha256, (entry.0, $0)) } },
            uniquingKeysWith: { first, _ in first })
        let early = own.values.filter { input.now < $0.1.notBefore }
        let late = own.values.filter { input.now > $0.1.notAfter }
        let staple = seen.first { entry in
            entry.1.ocspStaple?.thisUpdate.map { $0 > input.now.addingTimeInterval(3_600) } ?? false
        }
        let isBehind = staple != nil || (early.count >= 2 && early.count == own.count)
        let isAhead = late.count >= 2 && late.count == own.count
        guard isBehind || isAhead, let observation = staple?.0 ?? seen.first?.0 else { return [] }
        var finding = Finding(
            .clockSkew, severity: .warning, confidence: staple == nil ? 0.7 : 0.85, on: observation,
            .clock(input.now, isAhead: isAhead))
        finding.service = nil
        finding.evidence = seen.map { $0.0.id.description }
        return [finding]
    }
}

extension FindingWords {
    fileprivate static func clock(_ now: Date, isAhead: Bool) -> Self {
        FindingWords(
            summary: "The clock of this machine seems to be \(isAhead ? "ahead" : "behind"): it says "
                + "\(now.formatted(.iso8601)).",
            detail: "Certificates of different servers do not all \(isAhead ? "expire" : "begin") at once.",
            remedy: Remedy(who: .support, steps: ["Set the clock of this machine, then run this again."]))
    }
}
