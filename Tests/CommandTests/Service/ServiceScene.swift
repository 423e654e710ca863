import Foundation
import MailLoopback

/// The service beside a mailbox that works and a stand-in of the API, all on loopback.
struct ServiceScene: Sendable {
    let scene: AddScene

    /// Runs a body with a scene that is gone behind it.
    static func with<Result>(
        _ setup: AddScene.Setup = AddScene.Setup(), _ body: (ServiceScene) async throws -> Result
    ) async throws -> Result {
        try await AddScene.with(setup) { try await body(ServiceScene(scene: $0)) }
    }

    /// Starts a service that may connect to loopback.
    func serving<Result>(
        _ more: [String] = [], isAllowed: Bool = true, hasKey: Bool = true, _ body: (Daemon) async throws -> Result
    ) async throws -> Result {
        try await Daemon.with(
            arguments(isAllowed: isAllowed) + more, environment: environment(hasKey: hasKey), body)
    }

    func arguments(isAllowed: Bool = true) -> [String] {
        let port = scene.port("api.kill.test", 443)
        return [
            "--resolver", "\(scene.routes.resolver)", "--ca-file", scene.folder.appending(path: "ca.pem").path,
            "--api-url", "https://api.kill.test:\(port)",
        ] + (isAllowed ? ["--allow-private-addresses", "127.0.0.0/8"] : [])
    }

    func environment(hasKey: Bool = true) -> [String: String] {
        var environment = scene.environment
        environment["MAILCONNECT_PASSWORD"] = nil
        if !hasKey { environment["COLDSEND_API_KEY"] = nil }
        return environment
    }

    /// The body of a run about the mailbox.
    func body(_ more: [String: Any] = [:], password: String = AddScene.password) throws -> String {
        var object: [String: Any] = [
            "address": AddScene.address, "smtp_password": password,
            "smtp": ["host": "mail.kill.test", "port": scene.port("mail.kill.test", 587), "security": "starttls"],
            "imap": ["host": "mail.kill.test", "port": scene.port("mail.kill.test", 993), "security": "tls"],
        ]
        object.merge(more) { $1 }
        return String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
    }

    /// The body of a registration.
    func addition(_ more: [String: Any] = [:]) throws -> String {
        try body(["display_name": "Jane \"Doe\""].merging(more) { $1 })
    }
}
