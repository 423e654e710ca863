import MailModel
import MailNetwork

/// The names by which a state file knows rows and logins, made with a random key of its own.
///
/// What is no secret goes into them whole. Of passwords go 16 bits in: enough to see a change (one in 65,536 is missed), and
/// too little to test a guess against for whoever steals the file with its key.
struct RowTag: Sendable {
    let key: [UInt8]

    /// The name of the batch that the file is about; it says nothing of the key.
    var batch: [UInt8] { hash(["batch"], 12) }

    /// The name of a row: the same for the same contents, wherever it stands in the file.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - purpose: What is done with it, such as where it is registered.
    /// - Returns: 18 octets.
    func tag(of row: BatchRow, for purpose: String) -> [UInt8] {
        let plain = [
            "row", purpose, row.address.description.lowercased(), row.displayName ?? "", row.smtpUsername ?? "",
            row.imapUsername ?? "", row.smtpEndpoint?.description ?? "", row.imapEndpoint?.description ?? "",
            row.dailyLimit.map(String.init) ?? "", place(row.smtpPassword), place(row.imapPassword),
        ]
        return hash(plain, 16) + hash(["secrets", secret(row.smtpPassword), secret(row.imapPassword)], 2)
    }

    /// The name of a row that cannot be used.
    func tag(of problem: InputProblem, number: Int) -> [UInt8] {
        hash(["bad row", String(number), problem.id.rawValue, problem.description], 18)
    }

    /// The name of a login. The port does not count: 587 and 465 of a host are the same door.
    func hash(of attempt: LoginAttemptParts) -> [UInt8] {
        hash(["login", attempt.service, attempt.host.lowercased(), attempt.username], 16)
            + hash(["credential", attempt.credential], 2)
    }

    /// The whole credential, for this process only: it never goes into the file.
    func digest(of attempt: LoginAttemptParts) -> [UInt8] { hash(["whole credential", attempt.credential], 16) }

    /// What a login consists of.
    struct LoginAttemptParts {
        var service: String
        var host: String
        var username: String
        var credential: String
    }

    private func place(_ source: SecretSource?) -> String {
        switch source {
        case nil: "none"
        case .value: "value"
        case .command: "command"
        case .file(let path): "file:\(path)"
        }
    }

    private func secret(_ source: SecretSource?) -> String {
        switch source {
        case .value(let secret), .command(let secret): secret.revealed
        case .file, nil: ""
        }
    }

    /// Each part goes in behind its length, so that no two lists give the same message.
    private func hash(_ parts: [String], _ octets: Int) -> [UInt8] {
        let message = parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        return Array((KeyedHash.sha256(message, key: key) ?? []).prefix(octets))
    }
}
