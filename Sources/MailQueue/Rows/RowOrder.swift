internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailJSON
internal import MailModel

/// A row as a worker needs it: its account with its secrets, and what is to be done. Only sealed does it leave the process.
struct RowOrder: Sendable {
    var row: BatchRow
    var account: Account
    /// Whether it is to be registered once both logins are proved.
    var registers = false
    /// Where; nil for where the worker registers.
    var base: String?
    var acceptsWarnings = false
    /// Whether providers are spared.
    var isPaced = true
    /// When the batch wrote it.
    var at: Date

    /// In JSON, to be sealed.
    var octets: [UInt8] {
        var object = JSONObject()
        object["row"] = .integer(row.number)
        object["line"] = .integer(row.line)
        object["address"] = .text(row.address.description)
        object["display_name"] = .optional(row.displayName)
        object["daily_limit"] = .optional(row.dailyLimit)
        object["smtp_password"] = .optional(account.smtpCredential?.secret.revealed)
        object["imap_password"] = .optional(account.imapCredential?.secret.revealed)
        object["smtp_username"] = .optional(account.smtpUsername)
        object["imap_username"] = .optional(account.imapUsername)
        object["smtp"] = Self.place(account.smtpEndpoint)
        object["imap"] = Self.place(account.imapEndpoint)
        object["provider"] = .optional(account.providerID)
        object["reach"] = .text(account.reach.rawValue)
        object["timeout_ms"] = .integer(Int(account.timeout / .milliseconds(1)))
        object["stage"] = .optional(account.mailboxStage?.rawValue)
        object["age"] = .optional(account.mailboxAge)
        object["trial"] = .bool(account.isTrial)
        object["register"] = .bool(registers)
        object["base"] = .optional(base)
        object["accept_warnings"] = .bool(acceptsWarnings)
        object["paced"] = .bool(isPaced)
        object["at"] = .integer(Int(at.timeIntervalSince1970))
        return Array(JSONValue.object(object).rendered(.compact).utf8)
    }

    private static func place(_ endpoint: Endpoint?) -> JSONValue {
        guard let endpoint else { return .null }
        return [
            "host": .text(endpoint.host), "port": .integer(endpoint.port), "tls": .text(endpoint.security.rawValue),
        ]
    }

    private static func endpoint(_ value: JSONValue?, _ service: MailService) -> Endpoint? {
        guard let host = value?["host"]?.text, let port = value?["port"]?.integer,
            let security = value?["tls"]?.text.flatMap(ConnectionSecurity.init), (1...65_535).contains(port)
        else { return nil }
        return Endpoint(service: service, host: host, port: port, security: security)
    }
}

extension RowOrder {
    /// The end of the year 9999, in seconds since 1970.
    private static let lastMoment = 253_402_300_799

    /// Reads what was opened; nil when it is no order. A server that cannot be is none: another one is not tried in its place.
    init?(octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets), let number = value["row"]?.integer,
            let line = value["line"]?.integer, let text = value["address"]?.text,
            let address = try? EmailAddress(text), let reach = value["reach"]?.text.flatMap(Reach.init),
            let timeout = value["timeout_ms"]?.integer, let at = value["at"]?.integer,
            (0...Self.lastMoment).contains(at)
        else { return nil }
        func credential(_ key: String) -> Credential? { value[key]?.text.map { .password(Secret($0)) } }
        var account = Account(address: address)
        account.smtpCredential = credential("smtp_password")
        account.imapCredential = credential("imap_password")
        account.smtpUsername = value["smtp_username"]?.text
        account.imapUsername = value["imap_username"]?.text
        account.smtpEndpoint = Self.endpoint(value["smtp"], .smtp)
        account.imapEndpoint = Self.endpoint(value["imap"], .imap)
        guard account.smtpEndpoint != nil || (value["smtp"] ?? .null) == .null,
            account.imapEndpoint != nil || (value["imap"] ?? .null) == .null
        else { return nil }
        account.providerID = value["provider"]?.text
        account.reach = reach
        account.timeout = .milliseconds(max(1, min(timeout, 3_600_000)))
        account.mailboxStage = value["stage"]?.text.flatMap(MailboxStage.init)
        account.mailboxAge = value["age"]?.integer
        account.isTrial = value["trial"]?.bool == true
        account.prefersIMAPOverTLS = true
        account.sendsPasswordItself = true
        self.account = account
        var row = BatchRow(number: number, line: line, address: address)
        row.displayName = value["display_name"]?.text
        row.dailyLimit = value["daily_limit"]?.integer
        row.smtpPassword = account.smtpCredential.map { .value($0.secret) }
        row.imapPassword = account.imapCredential.map { .value($0.secret) }
        self.row = row
        registers = value["register"]?.bool == true
        base = value["base"]?.text
        acceptsWarnings = value["accept_warnings"]?.bool == true
        isPaced = value["paced"]?.bool != false
        self.at = Date(timeIntervalSince1970: Double(at))
    }
}
