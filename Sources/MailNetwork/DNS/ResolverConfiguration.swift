internal import MailModel

/// The address of a name server: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`.
public struct ResolverAddress: Hashable, Sendable, CustomStringConvertible {
    /// The IP address, in its canonical form.
    public let ip: String
    /// The port, for UDP and TCP alike.
    public let port: UInt16

    /// Reads an address.
    ///
    /// - Parameter text: The address; without a port it is 53.
    /// - Throws: `ResolverError.badAddress` for a host name, a zone index, a port of 0, or anything else.
    public init(_ text: String) throws(ResolverError) {
        let (host, portText) = Self.split(text)
        guard let host, let address = IPAddress(host) else { throw .badAddress(text) }
        if let portText {
            guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(portText), number > 0
            else { throw .badAddress(text) }
            port = number
        } else {
            port = 53
        }
        ip = address.description
    }

    /// The address as `ares_set_servers_ports_csv` reads it.
    public var description: String { ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)" }

    private static func split(_ text: String) -> (host: String?, port: String?) {
        if text.hasPrefix("[") {
            let rest = text.dropFirst()
            guard let end = rest.firstIndex(of: "]") else { return (nil, nil) }
            let (host, tail) = (String(rest[..<end]), rest[rest.index(after: end)...])
            guard host.contains(":") else { return (nil, nil) }
            if tail.isEmpty { return (host, nil) }
            return tail.hasPrefix(":") ? (host, String(tail.dropFirst())) : (nil, nil)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (text, nil)
    }
}

/// Why there is no resolver.
public enum ResolverError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no address of a name server.
    case badAddress(String)
    /// c-ares or the system refused; the reason is in words for a person.
    case cannotStart(String)

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .badAddress(let text):
            "\"\(ServerText(text).escaped)\" is no name server: write IP, IP:PORT or [IPv6]:PORT"
        case .cannotStart(let reason): "the resolver cannot start: \(reason)"
        }
    }
}

/// How patient a resolver is, and how much it does at once.
public struct ResolverLimits: Hashable, Sendable {
    /// How many questions are in their first try at once, when nothing else is said.
    public static let standardInFlight = 256

    /// How long the first try waits; each further round of tries waits twice as long as the one before.
    public var firstTry: Duration
    /// How often each server is asked: three tries that begin with 1 s end after 7 s.
    public var tries: Int
    /// How long a look-up may take once it is on the wire. Waiting for its turn does not count.
    public var deadline: Duration
    /// How many queries may be in their first try at once: as many answers may come in one moment, and must fit into the
    /// socket's buffer. One that is silent for longer than a first try makes room for another, so that names of dead
    /// servers hold nobody up.
    public var inFlight: Int

    /// Makes limits. Values below the smallest sensible one are raised to it.
    ///
    /// - Parameters:
    ///   - firstTry: How long the first try waits; at least 1 ms.
    ///   - tries: How often each server is asked; at least once, at most ten times.
    ///   - deadline: How long a look-up may take once it is on the wire.
    ///   - inFlight: How many queries are in their first try at once; at least one.
    public init(
        firstTry: Duration = .seconds(1), tries: Int = 3, deadline: Duration = .seconds(15),
        inFlight: Int = standardInFlight
    ) {
        self.firstTry = max(firstTry, .milliseconds(1))
        self.tries = min(max(tries, 1), 10)
        self.deadline = deadline
        self.inFlight = max(inFlight, 1)
    }

    /// How many queries c-ares may know at once: those in their first try, those that are silent, and those that nobody
    /// waits for any more, since c-ares 1.18 cannot take back a single one.
    var outstanding: Int { min(inFlight.multipliedReportingOverflow(by: 16).partialValue, 8_192) }
}

/// What a resolver did so far, and what it is doing now.
public struct ResolverCounters: Hashable, Sendable {
    /// Questions that were sent, later tries of the same one left out.
    public var asked = 0
    /// Questions answered from what was kept.
    public var fromCache = 0
    /// Questions that joined one that was on its way already.
    public var shared = 0
    /// Questions that wait for their turn now.
    public var queued = 0
    /// Questions on the wire now, with somebody who waits for the answer.
    public var inFlight = 0
    /// Questions on the wire now that nobody waits for any more.
    public var abandoned = 0
    /// Answers kept now.
    public var kept = 0

    /// Nothing was done yet.
    public init() {}
}
