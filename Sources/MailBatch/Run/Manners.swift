public import MailModel
import ProviderCatalog

/// What one server takes of us at a time: how it is counted is up to `PaceScheduler`.
public struct Manners: Hashable, Sendable {
    /// Accounts that are checked at the server at once; each has one connection there.
    public var connections: Int
    /// Logins that may begin within a minute; nil for as many as there are connections for.
    public var loginsPerMinute: Int?
    /// How long to leave the server alone after it said that it is too much.
    public var pause: Duration

    /// Names all three.
    public init(connections: Int, loginsPerMinute: Int? = nil, pause: Duration) {
        self.connections = max(1, connections)
        self.loginsPerMinute = loginsPerMinute.map { max(1, $0) }
        self.pause = pause
    }

    /// What a provider says, and what is careful where it says nothing. What it says of single accounts does not matter: each
    /// row is another one.
    init(_ pace: Pace, _ service: MailService) {
        func figure(_ figure: PaceFigure?) -> Int? {
            guard let figure, figure.per == .address, figure.service ?? service == service else { return nil }
            return figure.value
        }
        let atOnce = [figure(pace.connections), figure(pace.loginsAtOnce)].compactMap(\.self).min()
        self.init(
            connections: atOnce ?? Self.careful.connections, loginsPerMinute: figure(pace.loginsPerMinute),
            pause: figure(pace.pause).map { .seconds($0) } ?? Self.careful.pause)
    }

    /// What is right where nobody says anything: fewer connections than the 50 that Postfix lets one client have
    /// (`smtpd_client_connection_count_limit`, https://www.postfix.org/postconf.5.html), and a rest that
    /// grows with each complaint.
    public static let careful = Manners(connections: 40, pause: .seconds(15))
    /// As much as fits.
    public static let none = Manners(connections: Int.max, pause: .seconds(1))

    /// The longest that a server is left alone, whatever it asks for.
    public static let longestPause = Duration.seconds(3_600)
    /// How often a server may say that it is too much before the rest of its accounts is left.
    public static let patience = 5
}

/// A server as it is counted: by its name, SMTP and IMAP apart.
public struct ServerKey: Hashable, Sendable {
    /// What is spoken there.
    public var service: MailService
    /// The host, small letters.
    public var host: String

    /// Names a server.
    public init(_ service: MailService, _ host: String) {
        self.service = service
        self.host = host.lowercased()
    }
}
