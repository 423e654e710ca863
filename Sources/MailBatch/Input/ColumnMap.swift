internal import MailDiagnosis
internal import MailModel

/// What a column holds.
public enum ColumnRole: String, Hashable, Sendable, CaseIterable {
    /// The mail address.
    case address = "email_address"
    /// The name that recipients see.
    case displayName = "display_name"
    /// The first part of that name.
    case firstName = "first_name"
    /// The last part of that name.
    case lastName = "last_name"
    /// The SMTP user name.
    case smtpUsername = "smtp_username"
    /// The SMTP password, and that of IMAP where there is none.
    case smtpPassword = "smtp_password"
    /// The SMTP host.
    case smtpHost = "smtp_host"
    /// The SMTP port.
    case smtpPort = "smtp_port"
    /// How TLS begins for SMTP.
    case smtpSecurity = "smtp_security"
    /// The IMAP user name.
    case imapUsername = "imap_username"
    /// The IMAP password.
    case imapPassword = "imap_password"
    /// The IMAP host.
    case imapHost = "imap_host"
    /// The IMAP port.
    case imapPort = "imap_port"
    /// How TLS begins for IMAP.
    case imapSecurity = "imap_security"
    /// Messages a day.
    case dailyLimit = "daily_limit"
    /// The same, warm-up messages included: shown, and never sent.
    case dailyLimitWithWarmUp = "max_email_per_day"
    /// The kind of mailbox.
    case inboxType = "inbox_type"
    /// A command that prints the password.
    case passwordCommand = "password_command"
    /// A file that holds the password.
    case passwordFile = "password_file"
    /// A command that prints the IMAP password.
    case imapPasswordCommand = "imap_password_command"
    /// A file that holds the IMAP password.
    case imapPasswordFile = "imap_password_file"

    /// Whether what stands in the column is never shown, stored or written.
    public var isSecret: Bool {
        switch self {
        // A command line can hold a key as well.
        case .smtpPassword, .imapPassword, .passwordCommand, .imapPasswordCommand: true
        default: false
        }
    }

    /// The names under which it is found, the best first, as `ColumnMap.normalized` makes them.
    var names: [String] {
        switch self {
        case .address: ["email_address", "email", "from_email", "smtp_email", "e_mail", "mail", "address", "mailbox"]
        case .displayName:
            [
                "display_name", "from_name", "sender_name", "smtp_from_name", "smpt_from_name", "full_name", "name",
            ]
        case .firstName: ["first_name", "firstname"]
        case .lastName: ["last_name", "lastname"]
        case .smtpUsername:
            ["smtp_username", "smtp_login", "smtp_user", "smtp_user_name", "user_name", "username", "login"]
        case .smtpPassword: ["smtp_password", "smtp_pass", "password", "app_password", "pass"]
        case .smtpHost: ["smtp_host", "smtp_server", "smtp_hostname", "smtp"]
        case .smtpPort: ["smtp_port"]
        case .smtpSecurity: ["smtp_security", "smtp_tls", "smtp_encryption", "smtp_ssl", "smtp_use_tls", "smtp_secure"]
        case .imapUsername: ["imap_username", "imap_login", "imap_user", "imap_user_name", "imap_email"]
        case .imapPassword: ["imap_password", "imap_pass"]
        case .imapHost: ["imap_host", "imap_server", "imap_hostname", "imap"]
        case .imapPort: ["imap_port"]
        case .imapSecurity: ["imap_security", "imap_tls", "imap_encryption", "imap_ssl", "imap_use_ssl", "imap_secure"]
        case .dailyLimit: ["daily_limit", "daily_sending_limit", "sending_limit"]
        case .dailyLimitWithWarmUp: ["max_email_per_day"]
        case .inboxType: ["inbox_type"]
        case .passwordCommand: ["password_command", "smtp_password_command"]
        case .passwordFile: ["password_file", "smtp_password_file"]
        case .imapPasswordCommand: ["imap_password_command"]
        case .imapPasswordFile: ["imap_password_file"]
        }
    }
}

/// Which column of a file holds what.
public struct ColumnMap: Hashable, Sendable {
    /// The names of the columns, as the file has them.
    public private(set) var headers: [String]
    /// Where each role stands.
    public private(set) var places: [ColumnRole: Int] = [:]
    /// The columns that may be shown and written.
    public private(set) var shownColumns: [Int] = []

    /// Reads the first line of a file, or the names of an object's members.
    ///
    /// - Parameters:
    ///   - headers: The names.
    ///   - choices: What somebody said that a column holds, role by name; it comes before what the names say.
    /// - Throws: `InputProblem` when there is no column for the address, or a choice names none that is there.
    init(_ headers: [String], choices: [ColumnRole: String] = [:]) throws(InputProblem) {
        self.headers = headers
        let normal = headers.map(Self.normalized)
        for (role, name) in choices {
            guard let place = normal.firstIndex(of: Self.normalized(name)) else {
                throw InputProblem(
                    .missingValue,
                    "there is no column \"\(ServerText(name).escaped)\"; there are: \(Self.list(headers))",
                    line: 1, field: role.rawValue)
            }
            places[role] = place
        }
        for role in ColumnRole.allCases where places[role] == nil {
            let taken = Set(places.values)
            places[role] =
                role.names.lazy.compactMap { name in
                    normal.indices.first { normal[$0] == name && !taken.contains($0) }
                }.first
        }
        guard places[.address] != nil else {
            let looksLikeRow = headers.contains { $0.contains("@") }
            let hint =
                looksLikeRow
                ? "the first line must name the columns, and it looks like an account"
                : "no column holds the address; there are: \(Self.list(headers)). One must be called email_address, or it must be said which one holds it (email_address=NAME)"
            throw InputProblem(.missingAddress, hint, line: 1)
        }
        let secret = Set(places.filter { $0.key.isSecret }.values)
        // What is ignored may be a password under a name that nobody knows: it is not carried over when it looks so.
        shownColumns = headers.indices.filter { !secret.contains($0) && !SecretWords.isSecret(name: normal[$0]) }
    }

    /// Columns that nothing is done with.
    public var ignored: [String] {
        let used = Set(places.values)
        return headers.indices.filter { !used.contains($0) }.map { headers[$0] }
    }

    /// Small letters, words joined by `_`: `IMAP Password`, `imapPassword` and `imap-password` are one name.
    static func normalized(_ name: String) -> String {
        var result = ""
        var previous: Character?
        for character in name {
            if character.isLetter || character.isNumber {
                if character.isUppercase, let previous, previous.isLowercase || previous.isNumber { result += "_" }
                result += character.lowercased()
            } else if !result.isEmpty, !result.hasSuffix("_") {
                result += "_"
            }
            previous = character
        }
        while result.hasSuffix("_") { result.removeLast() }
        return result
    }

    private static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(20).map { ServerText(String($0.prefix(40))).escaped }
        return shown.joined(separator: ", ") + (headers.count > 20 ? ", ..." : "")
    }
}
