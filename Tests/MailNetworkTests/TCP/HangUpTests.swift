import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

@Suite("A peer that speaks and hangs up at once")
struct HangUpTests {
    /// No name has to be looked up.
    private struct NoNames: DNSResolving {
        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            DNSResponse(name: name, type: type, outcome: .noData, duration: .zero)
        }
    }

    /// Its words arrive before the connection is ours to read, now and then; they must not be lost, nor its hanging up.
    @Test func isHeardEveryTime() async throws {
        let peer = MailPeer(script: try Dialogue("S: 421 4.3.2 try again later"), tls: nil)
        let port = try await peer.start(address: "127.0.0.1", port: 0)
        let connector = TCPConnector(resolver: NoNames())
        let heard = await withTaskGroup(of: String.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    var all: Set<String> = []
                    for _ in 0..<150 { all.insert(await Self.words(connector, port)) }
                    return all.sorted().joined(separator: "|")
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        await peer.stop()
        #expect(heard == ["421 4.3.2 try again later\r\n closed(reset: false)"])
    }

    private static func words(_ connector: TCPConnector, _ port: Int) async -> String {
        let result = await connector.connect(host: "127.0.0.1", port: port, until: .now + .seconds(30))
        guard let connection = result.connection else { return "no connection" }
        var octets: [UInt8] = []
        do throws(ConnectionError) {
            while true { octets += try await connection.read(until: .now + .seconds(30)) }
        } catch {
            connection.close()
            return String(decoding: octets, as: UTF8.self) + " \(error)"
        }
    }
}
