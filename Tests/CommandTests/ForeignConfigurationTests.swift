import Foundation
import Testing

/// A configuration file of OpenSSL's, or a variable, that would make the program trust more than it should, or tell more.
@Suite(
    "The environment cannot weaken TLS",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
struct ForeignConfigurationTests {
    private struct NotStarted: Error {}

    @Test func theSecurityLevelIsOurs() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weak-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appending(path: name).path }
        let configuration = """
            openssl_conf = all
            [all]
            ssl_conf = parts
            [parts]
            system_default = weak
            [weak]
            CipherString = ALL:@SECLEVEL=0
            MinProtocol = TLSv1
            """
        try Data(configuration.utf8).write(to: folder.appending(path: "weak.cnf"))
        let key = [
            "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", path("key.pem"), "-out", path("cert.pem"),
            "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ]
        #expect(try await ToolProcess(program: "/usr/bin/openssl", key).status == 0)
        try await serving(["-cert", path("cert.pem"), "-key", path("key.pem"), "-cipher", "ALL:@SECLEVEL=0"]) {
            port throws in
            let tool = try await ToolProcess(
                [
                    "doctor", "jane@kill.test", "--resolver", "127.0.0.1:9", "--imap", "127.0.0.1:\(port)/tls",
                    "--smtp",
                    "127.0.0.1:\(port)/tls", "--ca-file", path("cert.pem"), "--timeout", "5", "--json",
                ],
                environment: [
                    "OPENSSL_CONF": path("weak.cnf"), "SSLKEYLOGFILE": path("keys"), "MAILCONNECT_PASSWORD": "pw-4711",
                ])
            #expect(!tool.output.contains("\"trusted\": true"))
            #expect(tool.output.contains("too small") || tool.output.contains("too weak"), "\(tool.output)")
            #expect(!FileManager.default.fileExists(atPath: path("keys")))
        }
    }

    /// Runs `openssl s_server` as long as the body needs it.
    private func serving(_ arguments: [String], _ body: (Int) async throws -> Void) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = ["s_server", "-accept", "127.0.0.1:0", "-naccept", "20"] + arguments
        process.standardInput = Pipe()
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // A child of a thread of Dispatch may have every other signal blocked.
        defer { kill(process.processIdentifier, SIGKILL) }
        var text = ""
        while !text.contains("\n") || !text.contains("ACCEPT 127.0.0.1:") {
            let part = output.fileHandleForReading.availableData
            guard !part.isEmpty else { throw NotStarted() }
            text += String(decoding: part, as: UTF8.self)
        }
        let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
        guard let port = line?.split(separator: ":").last.flatMap({ Int($0) }) else { throw NotStarted() }
        try await body(port)
    }
}
