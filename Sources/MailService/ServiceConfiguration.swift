package import MailBatch
public import MailConnect
public import MailModel
internal import MailNetwork
public import MailReport

/// What a service is made of, as far as it differs from the usual.
public struct ServiceConfiguration: Sendable {
    /// The files of a certificate and its key, in PEM.
    public struct TLSFiles: Sendable {
        /// The certificate, and those that it rests on.
        public var certificate: String
        /// Its private key.
        public var key: String

        /// Names the files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The address that is listened at.
    public var host = "127.0.0.1"
    /// The port; 0 for one that the system chooses.
    public var port = 8025
    /// Who may ask; nil for everybody who can connect.
    public var tokens: Tokens?
    /// The certificate; nil to speak plain HTTP.
    public var tls: TLSFiles?
    /// Whether a proxy stands in front, whose `X-Forwarded-` headers are believed.
    public var isBehindProxy = false
    /// Runs in flight at once.
    public var maximumRuns = 1_200
    /// Runs in flight of one client at once.
    public var maximumRunsPerClient = 1_000
    /// Batches in work of one client at once.
    public var maximumBatchesPerClient = 4
    /// Batches in work at once.
    public var maximumBatches = 16
    /// Requests of one client at once, and how many more each second.
    public var requestRate = (burst: 20_000, perSecond: 1_000)
    /// How long runs in flight may take to end when the service is told to end.
    public var gracePeriod = Duration.seconds(30)
    /// Whether logs name the addresses that runs are about.
    public var logsAddresses = false
    /// Whether batches keep to the manners of providers.
    public var isPaced = true
    /// The folder of the batches' state files; nil to take no batches.
    public var stateDirectory: String?
    /// Where the rows of batches are checked; nil for here.
    package var queue: (any BatchQueue)?
    /// Where accounts are registered; without a key dry runs only.
    public var registration: RegistrationService?
    /// Further secrets that must not show up in anything that a server says back.
    public var secrets: [Secret] = []
    /// How long clients may take for what.
    var times = ConnectionTimes()
    /// What must live as long as the service, such as files in memory.
    public var kept: (any Sendable)?
    /// Which program makes the reports.
    public var tool: ToolIdentity

    /// The usual service.
    ///
    /// - Parameter tool: Which program makes the reports.
    public init(tool: ToolIdentity) { self.tool = tool }

    /// Whether only this machine can connect.
    public var isLoopback: Bool { host == "localhost" || IPAddress(host).map(Self.isLoopback) == true }

    /// The host as it stands in a URL.
    var hostInURL: String { IPAddress(host)?.isIPv6 == true ? "[\(host.lowercased())]" : host.lowercased() }

    private static func isLoopback(_ address: IPAddress) -> Bool {
        address.isIPv6 ? address.octets == [UInt8](repeating: 0, count: 15) + [1] : address.octets.first == 127
    }
}

/// Other machines that check the rows of batches.
package protocol BatchQueue: Sendable {
    /// Begins to hand a batch's rows over and to follow their answers.
    ///
    /// - Parameters:
    ///   - state: The batch's state file, which names it.
    ///   - registers: Whether accounts that are ready are registered, by whoever checks them.
    ///   - acceptsWarnings: Whether those with warnings are too.
    ///   - isPaced: Whether providers are spared.
    /// - Returns: The rows' way.
    /// - Throws: Why it cannot be used now.
    func open(_ state: BatchState, registers: Bool, acceptsWarnings: Bool, isPaced: Bool) async throws -> QueuedBatch
}

/// A batch whose rows are checked elsewhere.
package struct QueuedBatch: Sendable {
    /// The rows' way there and back.
    let rows: any RemoteRows
    /// All are answered, or nothing more is waited for.
    let end: @Sendable (_ isInterrupted: Bool) async -> Void

    /// Names both.
    package init(rows: any RemoteRows, end: @escaping @Sendable (_ isInterrupted: Bool) async -> Void) {
        (self.rows, self.end) = (rows, end)
    }
}
