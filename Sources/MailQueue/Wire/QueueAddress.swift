internal import MailModel

/// Where the queue is: one server or several of a cluster, `nats://HOST:4222` or `tls://HOST:4222`.
public struct QueueAddress: Hashable, Sendable {
    /// The servers, as the C client takes them.
    let servers: [String]
    /// Whether a server without TLS is an error.
    let needsTLS: Bool

    /// Reads an address.
    ///
    /// - Parameter text: One URL, or several with commas between them.
    /// - Throws: `QueueError` for anything else, and for a password or token in it: arguments are seen by everybody.
    public init(_ text: String) throws(QueueError) {
        var servers: [String] = []
        var needsTLS = false
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let url = String(part).trimmingWhitespace()
            guard let scheme = ["nats://", "tls://"].first(where: { url.lowercased().hasPrefix($0) }) else {
                throw QueueError(.badAddress, "a queue is named as nats://HOST:4222 or tls://HOST:4222")
            }
            let place = url.dropFirst(scheme.count)
            guard !place.contains("@") else {
                throw QueueError(
                    .badAddress,
                    "no user, password or token belongs into the queue's URL: arguments are seen by everybody")
            }
            let trimmed = place.hasSuffix("/") ? place.dropLast() : place
            guard Self.isPlace(trimmed) else {
                throw QueueError(.badAddress, "\(ServerText(String(place)).escaped) is no host with a port")
            }
            needsTLS = needsTLS || scheme == "tls://"
            servers.append(scheme + trimmed)
        }
        self.servers = servers
        self.needsTLS = needsTLS
    }

    private static func isPlace(_ text: Substring) -> Bool {
        let host: Substring
        let port: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[text.index(after: text.startIndex)..<end]
            port = text[text.index(after: end)...]
        } else {
            let colon = text.firstIndex(of: ":") ?? text.endIndex
            host = text[..<colon]
            port = text[colon...]
        }
        let isHost = !host.isEmpty && host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#%\"".utf8.contains($0) }
        guard isHost, !port.isEmpty else { return isHost }
        guard port.hasPrefix(":"), let number = Int(port.dropFirst()) else { return false }
        return (1...65_535).contains(number)
    }

    /// The servers in words, safe to show.
    var shown: String { ServerText(servers.joined(separator: ", ")).escaped }
}
