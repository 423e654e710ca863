internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Checks one side of an account from the planned endpoint to the login, with everything that is tried on the way.
struct SideCheck: Sendable {
    let service: MailService
    let settings: AccountSettings
    let request: DoctorRequest
    let profile: ProviderProfile?
    let signatures: SignatureBase
    let context: CheckContext

    /// What came of it.
    struct Result: Sendable {
        var service: MailService
        var traces: [EndpointTrace]
        var alternatives: AlternativesFacts?
        /// How long after the test message was taken this side was through; nil when none was taken.
        var deliveryDelay: Duration?

        /// Everything that was seen, in order.
        var observations: [Observation] {
            var all = traces.flatMap { EndpointObservations($0).all }
            guard let alternatives, let planned = traces.first?.endpoint else { return all }
            let place = traces.count > 1 ? EndpointObservations(traces[0]).all.count : all.count
            all.insert(
                Observation(
                    id: .of(service, "alternatives"), stage: .connect, endpoint: planned, outcome: .observed,
                    facts: .alternatives(alternatives)), at: place)
            return all
        }

        /// The settings with what was found to work in place of what was planned.
        func corrected(_ planned: AccountSettings) -> AccountSettings {
            var settings = planned
            guard let last = traces.last else { return settings }
            if let working = alternatives?.working {
                if service == .smtp { settings.smtp = working.endpoint } else { settings.imap = working.endpoint }
            }
            guard let login = last.record.login, last.loginPassed, !login.refusedUsernames.isEmpty else {
                return settings
            }
            if service == .smtp {
                settings.smtpUsername = login.username
            } else {
                settings.imapUsername = login.username
            }
            return settings
        }
    }

    func run() async -> Result {
        let endpoint = settings.endpoint(for: service)
        let isUserChoice = (service == .smtp ? request.smtpEndpoint : request.imapEndpoint) != nil
        let search = EndpointSearch(context: context, known: known, isUserChoice: isUserChoice)
        let found = await search.run(endpoint, login: login)
        var result = Result(service: service, traces: found.traces, alternatives: found.alternatives)
        if request.triesUsernames, let last = result.traces.popLast() { result.traces.append(await climb(from: last)) }
        return result
    }

    private var known: [Endpoint] {
        let profiles = service == .smtp ? profile?.smtp : profile?.imap
        return (profiles ?? []).compactMap { $0.endpoint(service, domain: request.domain) }
    }

    private var login: LoginPlan {
        guard let credential, let username = settings.username(for: service) else {
            return .none(reason: PasswordNotGivenRule.reason)
        }
        return .login(username: username, credential: credential)
    }

    private var credential: Credential? {
        service == .smtp ? request.smtpCredential : request.imapCredential
    }

    /// Tries other forms of the user name, one after another, as long as nothing but the name or password is blamed.
    private func climb(from first: EndpointTrace) async -> EndpointTrace {
        guard let address = request.address, let credential, let login = first.record.login else { return first }
        let form = (service == .smtp ? profile?.smtp : profile?.imap)?.first?.username
        let ladder = UsernameLadder(signatures: signatures, provider: profile?.id)
        var refused = [login.username]
        var reply = first.loginPassed ? nil : login.reply
        for name in UsernameLadder.forms(address, provider: form, without: login.username) {
            guard let last = reply, ladder.mayGoOn(after: last, service) else { break }
            let check = EndpointCheck(
                endpoint: first.endpoint, login: .login(username: name, credential: credential), context: context)
            var trace = await check.run()
            if trace.loginPassed {
                trace.record.login?.refusedUsernames = refused
                trace.transcript = first.transcript + trace.transcript
                return trace
            }
            reply = trace.record.login?.reply
            refused.append(name)
        }
        var trace = first
        trace.record.login?.refusedUsernames = Array(refused.dropFirst())
        return trace
    }
}

extension EndpointTrace {
    /// Whether the server accepted the login.
    var loginPassed: Bool { record.login?.isAccepted == true }
}
