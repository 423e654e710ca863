import MailModel

/// What the domain asks of those who send to it (MTA-STS, RFC 8461; TLS-RPT, RFC 8460) does not hold together. Neither has
/// to be there, so its absence is nothing to tell; and neither keeps the mailbox from being connected.
struct TransportPolicyRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard observation.outcome == .observed else { return nil }
            switch observation.facts {
            case .mtaSTS(let facts)?: return Self.finding(facts, observation)
            case .tlsRPT(let facts)?:
                return facts.problem.map {
                    Finding(
                        .tlsRPTInvalid, severity: .info, confidence: 0.95, on: observation, .invalid(facts, $0))
                }
            default: return nil
            }
        }
    }

    private static func finding(_ facts: MTASTSFacts, _ observation: Observation) -> Finding? {
        if let problem = facts.problem {
            // Silence may be ours, and a port that is shut may be shut on the way.
            if problem == .noAnswer { return nil }
            return Finding(
                .mtaSTSInvalid, severity: .warning, confidence: problem == .notConnected ? 0.6 : 0.9,
                on: observation, .invalid(facts, problem))
        }
        guard let policy = facts.policy, !facts.uncovered.isEmpty else { return nil }
        return Finding(
            .mtaSTSInvalid, severity: policy.mode == .enforce ? .warning : .info, confidence: 0.9, on: observation,
            .uncovered(facts, policy))
    }
}

extension FindingWords {
    private static let link = "https://www.rfc-editor.org/rfc/rfc8461"

    fileprivate static func invalid(_ facts: MTASTSFacts, _ problem: MTASTSFacts.Problem) -> Self {
        FindingWords(
            summary: "The MTA-STS policy that \(facts.lookup.name) announces does not hold: \(words(problem)).",
            detail: "Senders then go by the policy that they kept from before, or by none.",
            remedy: Remedy(
                who: .admin,
                steps: [
                    "Serve the policy at https://mta-sts.DOMAIN/.well-known/mta-sts.txt, or take the record away."
                ], links: [link]))
    }

    fileprivate static func uncovered(_ facts: MTASTSFacts, _ policy: MTASTSFacts.Policy) -> Self {
        let names = ServerText(facts.uncovered.prefix(4).joined(separator: ", ")).escaped
        return FindingWords(
            summary: "The MTA-STS policy of \(facts.policyHost ?? facts.lookup.name) does not cover \(names).",
            detail: policy.mode == .enforce
                ? "Large senders do not deliver to a mail exchanger that the policy leaves out, so answers get lost."
                : "The policy is in testing; once it is enforced, senders do not deliver there.",
            remedy: Remedy(
                who: .admin, steps: ["Add the name to the policy as an mx line, and change the id of the record."],
                links: [link]))
    }

    fileprivate static func invalid(_ facts: TLSRPTFacts, _ problem: TLSRPTFacts.Problem) -> Self {
        let what =
            switch problem {
            case .severalRecords: "there are \(facts.recordCount) records, which count as none"
            case .noAddress: "it names no address for reports"
            case .badAddress: "an address for reports is neither mailto: nor https:"
            }
        return FindingWords(
            summary: "The TLS-RPT record at \(facts.lookup.name) is of no use: \(what).",
            detail: "Nobody tells the domain when mail to it cannot be sent over TLS.",
            remedy: Remedy(
                who: .admin, steps: ["Keep one record, such as \"v=TLSRPTv1; rua=mailto:reports@DOMAIN\"."],
                links: ["https://www.rfc-editor.org/rfc/rfc8460"]))
    }

    private static func words(_ problem: MTASTSFacts.Problem) -> String {
        switch problem {
        case .severalRecords: "there is more than one record"
        case .badRecord: "the record has no valid id"
        case .noPolicyHost: "the host of the policy has no address"
        case .notConnected: "the host of the policy takes no connection"
        case .notTrusted: "the certificate of the policy's host cannot be trusted"
        case .noAnswer: "the host of the policy does not answer"
        case .redirected: "the host of the policy redirects, which senders do not follow"
        case .badStatus: "the host of the policy does not have it"
        case .badMediaType: "it is not served as text/plain"
        case .tooLarge: "it is longer than 64 KiB"
        case .badVersion: "its version is not STSv1"
        case .badMode: "its mode is none of enforce, testing and none"
        case .badMaximumAge: "its max_age is no number of seconds up to 31557600"
        case .badPattern: "it has no mx line, or one that is not a name"
        }
    }
}
