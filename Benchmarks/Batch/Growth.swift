import Foundation
import MailLoopback
import MailModel

/// Rows whose servers have no TLS, so that no login is sent, by peers in this process: what a row costs beside its handshakes, and
/// whether time and memory grow with the number of rows.
enum Growth {
    /// Prints a line for each number of rows, once with four domains and once with a domain a row.
    ///
    /// - Parameters:
    ///   - numbers: How many rows.
    ///   - tool: The built `mailconnect`.
    ///   - own: This program, which measures.
    /// - Throws: What keeps the servers or the program from starting.
    static func run(_ numbers: [Int], _ tool: String, _ own: String) async throws {
        let host = "mail.rows.test"
        let smtp = MailPeer(MailBehaviour(.smtp), tls: nil)
        let imap = MailPeer(MailBehaviour(.imap), tls: nil)
        let internet = LoopbackInternet(
            sites: [
                LoopbackSite(host: host, port: 587, peer: smtp), LoopbackSite(host: host, port: 143, peer: imap),
            ],
            zone: (0..<max(4, numbers.max() ?? 4)).map {
                DNSZoneRecord("rows\($0).test", .mx(preference: 10, exchange: host))
            })
        let routes = try await internet.start()
        let folder = FileManager.default.temporaryDirectory.appending(path: "growth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = [587, 143].map { routes.addresses.place(host: host, port: $0).port }
        print("   rows  domains  answered  ms CPU a row  rows/s  peak MiB")
        for count in numbers {
            for domains in [4, count] {
                let file = folder.appending(path: "rows.csv").path
                try rows(count, domains, host, ports).write(toFile: file, atomically: true, encoding: .utf8)
                let (state, output) = (file + ".state", file + ".ndjson")
                let arguments = [
                    "measure", tool, "batch", file, "--resolver", "\(routes.resolver)", "--state", state, "--output",
                    output, "--pace", "none", "--quiet",
                ]
                let printed = folder.appending(path: "measured")
                try Self.start(own, arguments, printed)
                guard let cost = Measure(try String(contentsOf: printed, encoding: .utf8)) else { return }
                let answered = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").count - 1
                print(
                    [
                        "\(count)", "\(domains)", "\(answered)",
                        String(format: "%.2f", cost.cpu / Double(count) * 1_000),
                        "\(Int(Double(count) / cost.seconds))", "\(cost.peak / 1_024)",
                    ].enumerated().map { BatchBenchmark.column($1, [7, 7, 8, 12, 6, 8][$0]) }.joined(separator: "  "))
                for path in [state, state + "-wal", state + "-shm", output] {
                    try? FileManager.default.removeItem(atPath: path)
                }
            }
        }
        await internet.stop()
    }

    private static func rows(_ count: Int, _ domains: Int, _ host: String, _ ports: [Int]) -> String {
        "email_address,smtp_password,smtp_host,smtp_port,smtp_tls,imap_host,imap_port,imap_tls\n"
            + (0..<count).map { number in
                "user\(number)@rows\(number % domains).test,pw-\(number)-x,\(host),\(ports[0]),starttls,"
                    + "\(host),\(ports[1]),starttls\n"
            }.joined()
    }

    private static func start(_ program: String, _ arguments: [String], _ printed: URL) throws {
        try Data().write(to: printed)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: printed)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}
