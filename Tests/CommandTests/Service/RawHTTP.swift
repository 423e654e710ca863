import Foundation
import MailTestSupport

/// An answer as it came over the wire.
struct HTTPReply: Sendable {
    var status: Int
    /// By their names in small letters.
    var headers: [String: String]
    var body: String

    /// The body as JSON.
    var json: [String: Any] {
        ((try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]) ?? [:]
    }

    /// A member of the body, by its path.
    subscript(_ path: String...) -> Any? {
        path.reduce(json as Any?) { value, key in (value as? [String: Any])?[key] }
    }

    /// The events of the body.
    var events: [(id: Int, name: String, data: [String: Any])] {
        body.components(separatedBy: "\n\n").compactMap { block in
            var fields: [String: String] = [:]
            for line in block.split(separator: "\n") {
                guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { continue }
                fields[String(line[..<colon])] = String(line[line.index(colon, offsetBy: 2)...])
            }
            guard let id = fields["id"].flatMap({ Int($0) }), let name = fields["event"] else { return nil }
            let data = try? JSONSerialization.jsonObject(with: Data((fields["data"] ?? "").utf8))
            return (id, name, data as? [String: Any] ?? [:])
        }
    }

    init?(_ octets: [UInt8]) {
        let text = String(decoding: octets, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        self.status = status
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (
                        line[..<colon].lowercased(),
                        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    )
                }
            }, uniquingKeysWith: { $0 + ", " + $1 })
        let rest = String(text[end.upperBound...])
        body = headers["transfer-encoding"] == "chunked" ? Self.unchunked(rest) : rest
    }

    private static func unchunked(_ text: String) -> String {
        var rest = Array(text.utf8)[...]
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: 13) {
            guard let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size > 0,
                end + 2 + size <= rest.endIndex
            else { break }
            body += rest[(end + 2)..<(end + 2 + size)]
            rest = rest[(end + 4 + size)...]
        }
        return String(decoding: body, as: UTF8.self)
    }
}

/// HTTP by hand, so that a test decides about every octet and about the end of the connection.
struct RawHTTP: Sendable {
    let port: Int

    /// The connection could not be made, or gave no answer.
    struct Failure: Error {}

    /// Sends a request, and waits for the whole answer.
    func ask(
        _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: String = ""
    ) async throws -> HTTPReply {
        let connection = try LoopbackSocket(port: port)
        connection.send(text(method, path, headers, body))
        guard let reply = HTTPReply(await connection.rest()) else { throw Failure() }
        return reply
    }

    /// The text of a request after which the connection is closed.
    func text(_ method: String, _ path: String, _ headers: [String: String] = [:], _ body: String = "") -> String {
        var lines = ["\(method) \(path) HTTP/1.1"]
        let usual = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
        for (name, value) in headers.merging(usual, uniquingKeysWith: { one, _ in one }).sorted(by: { $0.key < $1.key })
        where !value.isEmpty { lines.append("\(name): \(value)") }
        if method != "GET" { lines.append("Content-Length: \(body.utf8.count)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }
}
