import Foundation
import MailLoopback
import MailModel
import MailNetwork

/// A client that says what a test tells it to, in clear or over TLS.
actor LoopbackClient {
    /// No test waits so long for anything that comes.
    static let patience = Duration.seconds(30)

    private let connection: MailConnection
    private var buffer: [UInt8] = []

    private init(_ connection: MailConnection) { self.connection = connection }

    /// What a resolver that is never asked would say: peers are connected to by address.
    private struct NoResolver: DNSResolving {
        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            DNSResponse(name: name, type: type, outcome: .nameNotFound, duration: .zero)
        }
    }

    /// There was no connection.
    struct NotConnected: Error {}

    /// Connects to a peer.
    static func connect(_ port: Int, address: String = "127.0.0.1") async throws -> LoopbackClient {
        let connector = TCPConnector(resolver: NoResolver())
        let result = await connector.connect(host: address, port: port, until: .now + patience)
        guard let connection = result.connection else { throw NotConnected() }
        return LoopbackClient(connection)
    }

    /// What came together with the last line that was read.
    var unread: String { String(decoding: buffer, as: UTF8.self) }

    /// Says a line.
    func say(_ line: String) { connection.write(Array((line + "\r\n").utf8)) }

    /// The next line, without its end.
    func line() async throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[..<end].filter { $0 != UInt8(ascii: "\r") }
                buffer.removeFirst(end + 1)
                return String(decoding: line, as: UTF8.self)
            }
            buffer += try await connection.read(until: .now + Self.patience)
        }
    }

    /// The lines up to the first one that begins with the text.
    func lines(upTo start: String) async throws -> [String] {
        var lines = [try await line()]
        while let last = lines.last, !last.hasPrefix(start) { lines.append(try await line()) }
        return lines
    }

    /// Says a line and reads one.
    func ask(_ text: String) async throws -> String {
        say(text)
        return try await line()
    }

    /// Everything up to the end of the connection, and how it ended.
    func rest(within time: Duration = patience) async -> (octets: [UInt8], end: ConnectionError) {
        while true {
            do throws(ConnectionError) {
                buffer += try await connection.read(until: .now + time)
            } catch {
                return (buffer, error)
            }
        }
    }

    /// Begins TLS and trusts one authority.
    func startTLS(
        _ authority: CertificateAuthority, host: String = "mail.example.test", afterStartTLS: Bool = false
    ) async throws -> TLSFacts {
        let connection = connection
        return try await LoopbackTool.withFiles([authority.certificatePEM]) { files in
            let context = try TLSClientContext(caFile: files[0])
            return try await connection.startTLS(
                context, host: host, afterStartTLS: afterStartTLS, until: .now + Self.patience)
        }
    }

    /// Goes away.
    func close() { connection.close() }
}
