import Foundation
import Glibc

/// A bare client of the queue's own protocol (https://docs.nats.io/reference/reference-protocols/nats-protocol): for looking at
/// what is there, and for doing what no honest client does.
struct QueueTap {
    enum Failure: Error { case noConnection, noAnswer }

    private let file: Int32

    /// Connects on loopback.
    init(port: Int) throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure.noConnection }
        // Whoever asks a cluster for a stream without a leader gets no answer.
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        send(Data("CONNECT {\"verbose\":false,\"headers\":true}\r\nSUB tap.* 1\r\n".utf8))
        _ = try line()
    }

    private func send(_ data: Data) {
        var rest = [UInt8](data)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(file, $0.baseAddress, $0.count, Int32(truncatingIfNeeded: MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private func octets(_ count: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            var part = [UInt8](repeating: 0, count: count - result.count)
            let got = recv(file, &part, part.count, 0)
            guard got > 0 else { throw Failure.noAnswer }
            result += part.prefix(got)
        }
        return result
    }

    private func line() throws -> String {
        var result: [UInt8] = []
        while result.last != 0x0A { result += try octets(1) }
        return String(decoding: result, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// Asks, and waits for the answer.
    func ask(_ subject: String, _ body: String = "") throws -> [String: Any] {
        send(Data("PUB \(subject) tap.1 \(body.utf8.count)\r\n\(body)\r\n".utf8))
        return try answer()
    }

    /// Publishes under a message id, and waits until it is stored.
    func publish(_ subject: String, id: String, _ octets: Data) throws -> [String: Any] {
        let head = "NATS/1.0\r\nNats-Msg-Id: \(id)\r\n\r\n"
        let line = "HPUB \(subject) tap.1 \(head.utf8.count) \(head.utf8.count + octets.count)\r\n\(head)"
        send(Data(line.utf8) + octets + Data("\r\n".utf8))
        return try answer()
    }

    private func answer() throws -> [String: Any] {
        while true {
            let line = try line()
            if line == "PING" { send(Data("PONG\r\n".utf8)) }
            guard line.hasPrefix("MSG") || line.hasPrefix("HMSG") else { continue }
            guard let count = line.split(separator: " ").last.flatMap({ Int($0) }) else { throw Failure.noAnswer }
            let body = try octets(count + 2).dropLast(2)
            return (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        }
    }

    /// How many messages a stream holds.
    func count(_ stream: String) throws -> Int {
        ((try ask("$JS.API.STREAM.INFO.\(stream)")["state"] as? [String: Any])?["messages"] as? Int) ?? 0
    }

    /// A message of a stream: its subject and its octets.
    func message(_ stream: String, _ sequence: Int) throws -> (subject: String, octets: Data) {
        let answer = try ask("$JS.API.STREAM.MSG.GET.\(stream)", "{\"seq\":\(sequence)}")
        guard let message = answer["message"] as? [String: Any], let subject = message["subject"] as? String,
            let text = message["data"] as? String, let data = Data(base64Encoded: text)
        else { throw Failure.noAnswer }
        return (subject, data)
    }

    func close() { Glibc.close(file) }
}
