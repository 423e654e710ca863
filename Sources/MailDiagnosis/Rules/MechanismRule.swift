import MailModel

/// The server offers no login that our credential fits.
struct MechanismRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard let endpoint = observation.endpoint else { return nil }
            switch failure {
            case .loginNotOffered:
                // A submission port without AUTH is most often a relay's; IMAP without a login has it switched off.
                let id: FindingID = endpoint.service == .smtp ? .wrongPort : .basicAuthDisabled
                return Finding(id, confidence: 0.6, on: observation, .noLogin(endpoint))
            case .noCommonMechanism(let offered):
                if offered.contains(where: Self.takesPassword) {
                    return Finding(.badCredentials, confidence: 0.8, on: observation, .passwordsOnly(endpoint, offered))
                }
                let tokensOnly = !LoginFacts.tokenMechanisms.isDisjoint(with: offered)
                return tokensOnly
                    ? Finding(.oauthRequired, confidence: 0.9, on: observation, .tokensOnly(endpoint, offered))
                    : Finding(.basicAuthDisabled, confidence: 0.7, on: observation, .noneFits(endpoint, offered))
            case .unusableCredential(let why):
                return Finding(.badCredentials, confidence: 0.9, on: observation, .cannotBeSent(why))
            default: return nil
            }
        }
    }

    private static func takesPassword(_ mechanism: String) -> Bool {
        ["PLAIN", "LOGIN", "CRAM-MD5"].contains(mechanism) || mechanism.hasPrefix("SCRAM-")
    }
}

extension FindingWords {
    fileprivate static func noLogin(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "\(endpoint.host) offers no login on port \(endpoint.port).",
            detail: "TLS is in place and the server lists no way to log in, so none was tried.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Check host and port: port 25 and relay hosts take no logins; submission is on 587 or 465.",
                    "Ask the administrator whether password logins are switched off for this service.",
                ]))
    }

    fileprivate static func tokensOnly(_ endpoint: Endpoint, _ offered: [String]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) takes OAuth 2 logins only; a password cannot be used there.",
            detail: "Offered: \(shown(offered)).",
            remedy: Remedy(
                who: .user, steps: ["Connect the account by OAuth.", .useAccessToken(endpoint.service)]))
    }

    fileprivate static func passwordsOnly(_ endpoint: Endpoint, _ offered: [String]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) takes passwords in ways that do not fit what was given.",
            detail:
                "Offered: \(shown(offered)). An access token was given, or a password whose letters these ways do not carry.",
            remedy: Remedy(
                who: .user,
                steps: [
                    "Give the password instead of an access token.",
                    "Where only SCRAM is offered, use a password of plain letters, digits and signs.",
                ]))
    }

    fileprivate static func noneFits(_ endpoint: Endpoint, _ offered: [String]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) offers no login that fits what was given.",
            detail: "Offered: \(shown(offered)).",
            remedy: Remedy(
                who: .admin, steps: ["Ask the administrator to allow PLAIN or LOGIN over TLS for this service."]))
    }

    fileprivate static func cannotBeSent(_ why: UnusableCredential) -> Self {
        FindingWords(
            summary: "The user name or password cannot be sent: \(reason(why)).",
            detail: "No login was tried.",
            remedy: Remedy(who: .user, steps: ["Check that nothing was pasted along with the password."]))
    }

    private static func reason(_ why: UnusableCredential) -> String {
        switch why {
        case .emptyUsername: "the user name is empty"
        case .emptySecret: "the password is empty"
        case .controlInUsername: "the user name holds a control character, such as a line end"
        case .controlInSecret: "the password holds a control character, such as a line end"
        case .needsPreparation: "it holds letters that the offered mechanism does not carry"
        case .noCryptography, .other: ServerText(why.rawValue).escaped
        }
    }

    private static func shown(_ offered: [String]) -> String {
        ServerText(offered.prefix(12).joined(separator: ", ")).escaped
    }
}
