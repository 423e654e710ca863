internal import HTTPTypes
internal import Hummingbird
internal import MailNetwork
internal import NIOCore

/// Who asks: the name of a token, or without tokens the remote address. What belongs to one is not seen by another.
struct Client: Hashable, Sendable {
    /// The name by which limits, keys of idempotency and batches are kept apart.
    let key: String
    /// The name of the token; nil without tokens.
    let tokenName: String?

    init(token name: String) {
        key = "token " + name
        tokenName = name
    }

    init(address: String) {
        key = "address " + address
        tokenName = nil
    }
}

/// Where a connection comes from.
enum RemoteAddress {
    /// The address; behind a proxy the one that the proxy itself has added, which is the last.
    ///
    /// - Parameters:
    ///   - channel: The connection.
    ///   - headers: The request's headers.
    ///   - isBehindProxy: Whether `X-Forwarded-For` is to be believed.
    /// - Returns: The address as text.
    static func of(_ channel: any Channel, _ headers: HTTPFields, isBehindProxy: Bool) -> String {
        let direct = channel.remoteAddress?.ipAddress ?? "unknown"
        guard isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"), let list = headers[values: name].last,
            let last = list.split(separator: ",").last
        else { return direct }
        let text = last.trimmed
        return IPAddress(text) == nil ? direct : text
    }
}

extension Substring {
    /// The text without blanks and tabs at its ends.
    var trimmed: String {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
