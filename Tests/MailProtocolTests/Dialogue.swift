import Foundation
import MailModel
import MailProtocol
import Testing

/// One file under `fixtures/dialogues`; `fixtures/README.md` describes the format.
struct Dialogue: Sendable, CustomTestStringConvertible {
    enum Event: Hashable, Sendable {
        case server([UInt8])
        case client([UInt8])
        case tls, login, finish
    }

    let service: MailService
    let name: String
    private(set) var settings: [String: String] = [:]
    private(set) var events: [Event] = []
    private(set) var facts: [String] = []

    var testDescription: String { "\(service.rawValue)/\(name)" }

    init(service: MailService, name: String, text: String) {
        self.service = service
        self.name = name
        let lines = text.components(separatedBy: "\n").filter { !$0.hasPrefix("#") }
        for line in lines.prefix(while: { !$0.isEmpty }) {
            let parts = line.components(separatedBy: ": ")
            settings[parts[0]] = parts.dropFirst().joined(separator: ": ")
        }
        for line in lines.drop(while: { !$0.isEmpty }) where !line.isEmpty { read(line) }
    }

    /// All dialogues of one service, found from this source file.
    static func all(_ service: MailService) -> [Dialogue] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../fixtures/dialogues/\(service.rawValue)").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.compactMap { file in
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
            return Dialogue(service: service, name: file.deletingPathExtension().lastPathComponent, text: text)
        }
    }

    var security: ConnectionSecurity { settings["security"] == "starttls" ? .starttls : .tls }
    var username: String { settings["username"] ?? "" }
    var secret: Secret { Secret(settings["token"] ?? settings["password"] ?? "") }
    var credential: Credential { settings["token"] == nil ? .password(secret) : .accessToken(secret) }

    var redactor: Redactor { Redactor(secrets: [secret]) }

    private func configuration(_ redactor: Redactor) -> SessionConfiguration {
        let avoided = Set((settings["avoid"] ?? "").split(separator: " ").map(String.init))
        var configuration = SessionConfiguration(
            security: security, clientName: "client.example", redactor: redactor)
        configuration.unprovenMechanisms = avoided
        return configuration
    }

    func session(redactor: Redactor) -> any MailSession {
        let configuration = configuration(redactor)
        return service == .smtp ? SMTPSession(configuration) : IMAPSession(configuration)
    }

    /// The same dialogue with other octets from the server.
    func mapServer(_ change: ([UInt8]) -> [UInt8]) -> Dialogue {
        var result = self
        result.events = events.map { if case .server(let octets) = $0 { .server(change(octets)) } else { $0 } }
        return result
    }

    private mutating func read(_ line: String) {
        let rest = String(line.dropFirst(3))
        switch line.prefix(2) {
        case "S:": append(.server(Self.octets(rest) + [13, 10]))
        case "S-": append(.server(Self.octets(rest)))
        case "C:": append(.client(Self.octets(rest) + [13, 10]))
        case "= ": facts.append(String(line.dropFirst(2)))
        default: append(line == "! tls" ? .tls : line == "! login" ? .login : .finish)
        }
    }

    private mutating func append(_ event: Event) {
        switch (events.last, event) {
        case (.server(let before), .server(let octets)): events[events.count - 1] = .server(before + octets)
        case (.client(let before), .client(let octets)): events[events.count - 1] = .client(before + octets)
        default: events.append(event)
        }
    }

    private static func octets(_ text: String) -> [UInt8] {
        let parts = text.components(separatedBy: "\\x")
        return Array(parts[0].utf8)
            + parts.dropFirst().flatMap { part -> [UInt8] in
                guard let octet = UInt8(part.prefix(2), radix: 16) else { return Array("\\x\(part)".utf8) }
                return [octet] + Array(part.dropFirst(2).utf8)
            }
    }
}
