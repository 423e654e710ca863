internal import MailModel

/// Keeps the promise of one login per endpoint and credential per run: providers lock accounts that are tried twice.
public actor LoginLedger {
    private struct Entry: Hashable {
        var service: MailService
        var host: String
        var username: String
        var credential: Credential
    }

    private var entries: Set<Entry> = []

    /// An empty ledger, for one run.
    public init() {}

    /// Asks for the one login. The port does not count: 587 and 465 of a host are the same door.
    func permit(_ endpoint: Endpoint, username: String, credential: Credential) -> Bool {
        entries.insert(
            Entry(
                service: endpoint.service, host: endpoint.host.lowercased(), username: username, credential: credential)
        ).inserted
    }
}
