import Foundation
import MailTestSupport

/// Three servers that keep every stream three times, and elect one for each stream that leads it.
struct QueueCluster: Sendable {
    let servers: [QueueServer]

    /// Starts three servers that know each other.
    init(_ folder: URL) async throws {
        // Where they meet must be known before the first one starts.
        let places = try (0..<3).map { _ in try SilentServer() }.map(\.port)
        let routes = places.map { "nats://127.0.0.1:\($0)" }
        servers = places.indices.map { index in
            let more = [
                "-js", "--name", "n\(index)", "--cluster_name", "mail", "--cluster", routes[index],
                "--routes", routes.joined(separator: ","),
            ]
            return QueueServer(folder, more, name: "nats\(index)")
        }
        for server in servers { try await server.start() }
    }

    /// The one that leads a stream.
    ///
    /// - Parameters:
    ///   - stream: The stream.
    ///   - index: The server that is asked.
    /// - Returns: Its place in `servers`, nil while there is none.
    func leader(_ stream: String, asking index: Int = 0) -> Int? {
        guard let tap = try? QueueTap(port: servers[index].port) else { return nil }
        defer { tap.close() }
        let cluster = try? tap.ask("$JS.API.STREAM.INFO.\(stream)")["cluster"] as? [String: Any]
        return servers.indices.first { cluster?["leader"] as? String == "n\($0)" }
    }

    func kill() {
        for server in servers { server.kill() }
    }
}
