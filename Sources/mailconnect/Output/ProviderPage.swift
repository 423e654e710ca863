import Foundation
import MailModel
import MailReport
import ProviderCatalog

/// One profile as a page for people.
struct ProviderPage {
    private let profile: ProviderProfile
    private let width: Int

    init(_ profile: ProviderProfile, width: Int) {
        self.profile = profile
        self.width = width
    }

    /// The page. What is not known is said.
    var text: String {
        var lines = ["\(profile.name) (\(profile.id))", ""]
        lines += row("Kind", [profile.kind.rawValue + (profile.inboxType.map { ", \($0.rawValue)" } ?? "")])
        lines += row("SMTP", profile.smtp.map { shown($0) })
        lines += row("IMAP", profile.imap.map { shown($0) })
        lines += row("Password", password)
        let switches = profile.switches.map {
            "\($0.what.rawValue), by \($0.who.rawValue): \($0.how.joined(separator: " "))"
        }
        lines += row("Switches", switches)
        lines += row("Restrictions", profile.restrictions)
        lines += row("Regions", profile.regions)
        lines += row("Daily cap", profile.dailyCap.map { ["\($0.value) (\($0.source), \($0.date))"] } ?? [])
        lines += row("Limits", profile.limits.map { "\($0.what): \($0.value) per \($0.per.rawValue) (\($0.source))" })
        let domains = profile.domains.prefix(40).map(\.description).joined(separator: ", ")
        lines += row("Mail domains", [domains].filter { !$0.isEmpty })
        let exchangers = profile.mxPatterns.map(\.name).joined(separator: ", ")
        lines += row("Exchangers", [exchangers].filter { !$0.isEmpty })
        lines += row("Notes", profile.notes)
        lines += row("Links", profile.links)
        lines += row("Sources", profile.sources.map { "\($0.source) (\($0.date))" })
        return lines.joined(separator: "\n")
    }

    /// The profile's main facts for machines.
    static func json(_ profile: ProviderProfile) -> String {
        func servers(_ list: [EndpointProfile]) -> JSONValue {
            .list(
                list.map {
                    [
                        "host": .text($0.host), "port": .integer($0.port), "security": .text($0.security.rawValue),
                        "username": .text($0.username.rawValue),
                    ]
                })
        }
        let object: JSONValue = [
            "schema": .integer(1), "id": .text(profile.id), "name": .text(profile.name),
            "kind": .text(profile.kind.rawValue), "inbox_type": .optional(profile.inboxType?.rawValue),
            "domains": .texts(profile.domains.map(\.description)), "mx": .texts(profile.mxPatterns.map(\.name)),
            "smtp": servers(profile.smtp), "imap": servers(profile.imap),
            "password": .optional(profile.password?.kind.rawValue), "daily_cap": .optional(profile.dailyCap?.value),
            "links": .texts(profile.links), "sources": .texts(profile.sources.map(\.source)),
        ]
        return object.rendered(pretty: true)
    }

    private var password: [String] {
        guard let password = profile.password else { return [] }
        return [password.kind.rawValue.replacing("_", with: " ")] + password.how
    }

    private func shown(_ server: EndpointProfile) -> String {
        "\(server.host):\(server.port)/\(server.security.rawValue), user name: "
            + server.username.rawValue.replacing("_", with: " ")
    }

    /// A heading and its values, wrapped with a hanging indent.
    private func row(_ title: String, _ values: [String]) -> [String] {
        let indent = 14
        var lines: [String] = []
        for value in values.isEmpty ? ["not known"] : values {
            for line in Self.wrapped(ServerText(value).escaped, width: width - indent) {
                let head = lines.isEmpty ? title : ""
                lines.append(head.padding(toLength: indent, withPad: " ", startingAt: 0) + line)
            }
        }
        return lines
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = String(word)
            } else if lines[lines.count - 1].count + word.count + 1 <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
