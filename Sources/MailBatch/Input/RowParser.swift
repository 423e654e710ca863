internal import MailModel
internal import MailNetwork

/// Reads one account out of the values of a row.
struct RowParser {
    /// A value of the row, with its place where that is known.
    struct Cell {
        var text: String
        var line: Int?
        var column: Int?
    }

    /// What each column holds.
    let columns: ColumnMap
    /// Whether a name that recipients see must be there.
    let needsName: Bool

    /// Reads a row.
    ///
    /// - Parameters:
    ///   - cells: Its values, in the order of the columns.
    ///   - number: Which account it is.
    ///   - line: Where it begins.
    /// - Returns: The account.
    /// - Throws: `InputProblem` for the first thing that is wrong.
    func row(_ cells: [Cell], number: Int, line: Int) throws(InputProblem) -> BatchRow {
        guard let written = value(.address, cells), !written.isEmpty else {
            throw problem(.missingAddress, "there is no address", .address, cells, line)
        }
        let address: EmailAddress
        do throws(AddressError) {
            address = try EmailAddress(written)
        } catch {
            throw problem(.badAddress, "this is not a valid address: \(Self.reason(error))", .address, cells, line)
        }
        var row = BatchRow(number: number, line: line, address: address)
        row.displayName = try displayName(cells, line, &row.notes)
        row.smtpUsername = value(.smtpUsername, cells).nonEmpty
        row.imapUsername = value(.imapUsername, cells).nonEmpty
        (row.smtpPassword, row.imapPassword) = secrets(cells)
        row.smtpEndpoint = try endpoint(.smtp, cells, line, &row.notes)
        row.imapEndpoint = try endpoint(.imap, cells, line, &row.notes)
        row.dailyLimit = try limit(cells, line, &row.notes)
        if row.smtpUsername == nil || row.imapUsername == nil { row.notes.insert(.usernameFromAddress) }
        if row.smtpPassword == nil, row.imapPassword == nil {
            row.notes.insert(.noPassword)
        } else if row.imapPassword == nil {
            row.notes.insert(.imapPasswordFromSMTP)
        }
        row.cells = columns.shownColumns.map { Self.shown(cells[$0].text, row) }
        return row
    }

    /// Why, without a word of what stands there: columns that were mixed up have a password in place of an address.
    private static func reason(_ error: AddressError) -> String {
        switch error {
        case .badLabel: "a part of its domain cannot be part of a domain name"
        case .ipAddress: "an IP address stands in place of its domain"
        default: "\(error)"
        }
    }

    private func displayName(
        _ cells: [Cell], _ line: Int, _ notes: inout Set<RowNote>
    ) throws(InputProblem) -> String? {
        if let name = value(.displayName, cells).nonEmpty {
            guard name.unicodeScalars.count <= 255 else {
                throw problem(.badValue, "a name has at most 255 characters", .displayName, cells, line)
            }
            return name
        }
        let parts = [value(.firstName, cells).nonEmpty, value(.lastName, cells).nonEmpty].compactMap(\.self)
        if !parts.isEmpty {
            notes.insert(.nameFromParts)
            return parts.joined(separator: " ")
        }
        guard !needsName else {
            throw problem(
                .missingValue, "an account is registered with the name that recipients see (display_name)",
                .displayName, cells, line)
        }
        return nil
    }

    /// A value that may be written again: nothing in which a secret of the row stands, whatever its column is called.
    private static func shown(_ text: String, _ row: BatchRow) -> String {
        let secrets = [row.smtpPassword, row.imapPassword].compactMap { source -> String? in
            guard case .value(let secret)? = source, secret.revealed.utf8.count >= 4 else { return nil }
            return secret.revealed
        }
        return secrets.contains { holds(text, $0) } ? "" : text
    }

    /// Whether a secret stands in a text. Characters are compared only where one of them has more than one form: each cell of
    /// each row comes here.
    private static func holds(_ text: String, _ secret: String) -> Bool {
        if !text.utf8.allSatisfy({ $0 < 0x80 }) || !secret.utf8.allSatisfy({ $0 < 0x80 }) {
            return text.contains(secret)
        }
        let wanted = Array(secret.utf8)
        guard let first = wanted.first else { return true }
        return Array(text.utf8).withUnsafeBufferPointer { octets in
            guard octets.count >= wanted.count else { return false }
            return (0...(octets.count - wanted.count)).contains { place in
                octets[place] == first && octets[place..<(place + wanted.count)].elementsEqual(wanted)
            }
        }
    }

    /// Passwords are taken as they stand: a blank at an end may belong to one.
    private func secrets(_ cells: [Cell]) -> (SecretSource?, SecretSource?) {
        func source(_ plain: ColumnRole, _ command: ColumnRole, _ file: ColumnRole) -> SecretSource? {
            if let text = raw(plain, cells), !text.isEmpty { return .value(Secret(text)) }
            if let text = value(command, cells).nonEmpty { return .command(Secret(text)) }
            return value(file, cells).nonEmpty.map { .file($0) }
        }
        return (
            source(.smtpPassword, .passwordCommand, .passwordFile),
            source(.imapPassword, .imapPasswordCommand, .imapPasswordFile)
        )
    }

    private func limit(_ cells: [Cell], _ line: Int, _ notes: inout Set<RowNote>) throws(InputProblem) -> Int? {
        if value(.dailyLimitWithWarmUp, cells).nonEmpty != nil { notes.insert(.limitWithWarmUp) }
        guard let text = value(.dailyLimit, cells).nonEmpty else { return nil }
        guard let number = Int(text), number >= 1 else {
            throw problem(.badValue, "a daily limit is a whole number of 1 or more", .dailyLimit, cells, line)
        }
        return number
    }

    // MARK: - Values

    func value(_ role: ColumnRole, _ cells: [Cell]) -> String? {
        raw(role, cells).map { String($0.trimming(while: \.isWhitespace)) }
    }

    private func raw(_ role: ColumnRole, _ cells: [Cell]) -> String? {
        guard let place = columns.places[role], cells.indices.contains(place) else { return nil }
        return cells[place].text
    }

    func problem(
        _ id: InputProblem.ID, _ reason: String, _ role: ColumnRole, _ cells: [Cell], _ line: Int
    ) -> InputProblem {
        let place = columns.places[role]
        let cell = place.flatMap { cells.indices.contains($0) ? cells[$0] : nil }
        return InputProblem(
            id, reason, line: cell?.line ?? line, column: cell?.column,
            field: place.map { columns.headers[$0] } ?? role.rawValue)
    }
}

/// Servers as exports write them.
extension RowParser {
    private func endpoint(
        _ service: MailService, _ cells: [Cell], _ line: Int, _ notes: inout Set<RowNote>
    ) throws(InputProblem) -> Endpoint? {
        let isSMTP = service == .smtp
        let hostRole: ColumnRole = isSMTP ? .smtpHost : .imapHost
        let portRole: ColumnRole = isSMTP ? .smtpPort : .imapPort
        let writtenPort = value(portRole, cells).nonEmpty
        guard let written = value(hostRole, cells).nonEmpty else {
            if writtenPort != nil { notes.insert(.portWithoutHost) }
            return nil
        }
        let meant = Self.host(written)
        if meant.host != written { notes.insert(.hostCleaned) }
        guard let host = Self.name(meant.host) else {
            throw problem(.badValue, "this is not a host name", hostRole, cells, line)
        }
        var port = meant.port
        if let writtenPort {
            guard let number = Self.port(writtenPort) else {
                throw problem(.badValue, "a port is a number from 1 to 65535", portRole, cells, line)
            }
            port = number
        }
        let security = security(isSMTP ? .smtpSecurity : .imapSecurity, port: port, service, cells, &notes)
        return Endpoint(
            service: service, host: host, port: port ?? Self.usualPort(service, security), security: security)
    }

    /// Ports come as numbers and as texts; a spreadsheet writes `587.0`.
    private static func port(_ text: String) -> Int? {
        let whole = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        guard let number = Int(whole), (1...65_535).contains(number) else { return nil }
        return number
    }

    private static func usualPort(_ service: MailService, _ security: ConnectionSecurity) -> Int {
        switch (service, security) {
        case (.smtp, .starttls): 587
        case (.smtp, .tls): 465
        case (.imap, .starttls): 143
        case (.imap, .tls): 993
        }
    }

    /// `https://mail.example.com/`, `ssl://mail.example.com:993` and `mail.example.com:993` as they are meant.
    private static func host(_ text: String) -> (host: String, port: Int?) {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" && $0 != "?" }
        guard let colon = rest.lastIndex(of: ":"), let port = port(String(rest[rest.index(after: colon)...])) else {
            return (String(rest), nil)
        }
        // An IPv6 address without brackets is all colons.
        guard !rest[..<colon].contains(":") || rest.hasPrefix("[") else { return (String(rest), nil) }
        return (String(rest[..<colon]), port)
    }

    private static func name(_ text: String) -> String? {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if IPAddress(bare) != nil { return bare }
        return (try? DomainName(bare))?.description
    }

    /// What a word says about TLS. Where it says nothing certain the port decides, and then what is usual.
    private func security(
        _ role: ColumnRole, port: Int?, _ service: MailService, _ cells: [Cell], _ notes: inout Set<RowNote>
    ) -> ConnectionSecurity {
        let byPort: ConnectionSecurity? = port.flatMap { number in
            switch number {
            case 465, 993: .tls
            case 25, 143, 587, 2525: .starttls
            default: nil
            }
        }
        let usual = byPort ?? (service == .smtp ? .starttls : .tls)
        switch ColumnMap.normalized(value(role, cells) ?? "") {
        case "ssl", "ssl_tls", "tls_ssl", "implicit", "implicit_tls", "smtps", "imaps": return .tls
        case "starttls", "start_tls", "tls_starttls", "explicit": return .starttls
        case "none", "false", "no", "0", "off", "plain", "unencrypted":
            notes.insert(.plaintextRefused)
            return usual
        default: return usual
        }
    }
}

extension Optional where Wrapped == String {
    /// Nil for an empty text.
    fileprivate var nonEmpty: String? { self.flatMap { $0.isEmpty ? nil : $0 } }
}

extension String {
    /// The text without such characters at both ends.
    fileprivate func trimming(while isUnwanted: (Character) -> Bool) -> Substring {
        let from = drop(while: isUnwanted)
        guard let last = from.lastIndex(where: { !isUnwanted($0) }) else { return "" }
        return from[...last]
    }
}
