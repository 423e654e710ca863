import ArgumentParser
import FoundationEssentials
import Logging
import MailNetwork
import QueueSupport

/// How the service is started.
struct ServiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Listen here.", valueName: "host:port")) var listen = ListenArgument.usual
    @Option(
        help: ArgumentHelp("Who may ask: one name:token a line.", valueName: "file"), completion: .file())
    var tokenFile: String?
    @Option(help: ArgumentHelp("The certificate, and those that it rests on, in PEM.", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("Its private key, in PEM.", valueName: "file")) var tlsKey: String?
    @Flag(help: "A proxy with TLS stands in front; its X-Forwarded- headers are believed.") var behindProxy = false
    @Option(
        name: .customLong("allow-private-addresses"),
        help: ArgumentHelp("Connect to these addresses too, which are not of the public internet.", valueName: "cidr"))
    var allowedRanges: [RangeArgument] = []
    @Option(help: ArgumentHelp("Runs in flight at once.", valueName: "n")) var maxRuns = 1_200
    @Option(help: ArgumentHelp("Runs in flight of one client at once.", valueName: "n")) var maxRunsPerClient = 1_000
    @Option(help: ArgumentHelp("How long runs in flight may take to end at SIGTERM.", valueName: "seconds"))
    var gracePeriod = 30.0
    @Option(help: ArgumentHelp("Whether batches spare providers: default, or none.", valueName: "default|none"))
    var pace = PaceChoice.default
    @Option(help: ArgumentHelp("Keep journal and batches here.", valueName: "dir"), completion: .directory)
    var stateDirectory: String?
    @Option(help: ArgumentHelp("Keep the journal of registrations in this file.", valueName: "file"))
    var journal: String?
    @Option(help: ArgumentHelp("The API's base (also COLDSEND_API_URL).", valueName: "url")) var apiUrl: String?
    @Option(help: ArgumentHelp("Read the API key from this file (also COLDSEND_API_KEY).", valueName: "file"))
    var apiKeyFile: String?
    @Option(help: ArgumentHelp("Ask this resolver (also MAILCONNECT_RESOLVER).", valueName: "ip[:port]"))
    var resolver: String?
    @Option(help: ArgumentHelp("Trust these PEM certificates (also SSL_CERT_FILE).", valueName: "file"))
    var caFile: String?
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Option(help: ArgumentHelp("debug, info, notice, warning or error.", valueName: "level"))
    var logLevel = LevelArgument.info
    @OptionGroup(title: "Batches on many machines") var queue: QueueOptions
    @Flag(help: "Let logs name the addresses that runs are about.") var logAddresses = false

    mutating func validate() throws {
        guard (1...100_000).contains(maxRuns) else { throw ValidationError("--max-runs takes 1 to 100000") }
        guard maxRunsPerClient >= 1 else { throw ValidationError("--max-runs-per-client takes 1 or more") }
        guard gracePeriod.isFinite, (0...3_600).contains(gracePeriod) else {
            throw ValidationError("--grace-period takes 0 to 3600 seconds")
        }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together")
        }
        guard !listen.isLoopback else { return }
        guard tokenFile != nil else {
            throw ValidationError("off loopback a token is needed: --token-file FILE, one name:token a line")
        }
        guard tlsCertificate != nil || behindProxy else {
            throw ValidationError(
                "off loopback TLS is needed: --tls-certificate and --tls-key, or --behind-proxy where a proxy has it")
        }
    }
}

/// `HOST:PORT`; an IPv6 address stands in brackets.
struct ListenArgument: ExpressibleByArgument, CustomStringConvertible {
    let host: String
    let port: Int

    static let usual = ListenArgument(host: "127.0.0.1", port: 8025)

    init(host: String, port: Int) { (self.host, self.port) = (host, port) }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(argument[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard IPAddress(host)?.isIPv6 == true else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether only this machine can connect.
    var isLoopback: Bool {
        guard let address = IPAddress(host) else { return host.lowercased() == "localhost" }
        return address.isIPv6
            ? address.octets == [UInt8](repeating: 0, count: 15) + [1] : address.octets.first == 127
    }

    /// The host as it stands in a URL.
    var hostInURL: String { host.contains(":") ? "[\(host)]" : host }

    var description: String { "\(hostInURL):\(port)" }
    var defaultValueDescription: String { description }
}

/// A range of addresses.
struct RangeArgument: ExpressibleByArgument {
    let range: CIDR

    init?(argument: String) {
        guard let range = CIDR(argument) else { return nil }
        self.range = range
    }
}

/// How providers are spared.
enum PaceChoice: String, ExpressibleByArgument, CaseIterable {
    case `default`
    case none
}

/// How much is logged.
enum LevelArgument: String, ExpressibleByArgument, CaseIterable {
    case debug
    case info
    case notice
    case warning
    case error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}
