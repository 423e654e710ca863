internal import FoundationEssentials
package import MailModel

/// Secrets out of files.
package enum SecretFile {
    /// A secret longer than this is no secret.
    package static let maximumLength = 65_536

    /// The content of a file without its last line end.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - seconds: How long it may take to come.
    ///   - field: The option that named it.
    /// - Returns: The secret.
    /// - Throws: `CommandFailure` when there is none.
    package static func secret(_ path: String, within seconds: Double, field: String) throws(CommandFailure) -> Secret {
        var octets = try BoundedInput(limit: maximumLength, seconds: seconds).data(of: path, .badSecret, field)
        defer { Secret.wipe(&octets) }
        return try secret(
            from: octets, source: path == "-" ? "standard input" : "the file \(ServerText(path).escaped)")
    }

    /// Text from a file or program as a secret: UTF-8, not empty, one line end taken off.
    package static func secret(from octets: [UInt8], source: String) throws(CommandFailure) -> Secret {
        guard octets.count <= maximumLength, var text = String(validating: octets, as: UTF8.self) else {
            throw CommandFailure(.badInput, .badSecret, "\(source) holds no password: it is too long, or no UTF-8 text")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else { throw CommandFailure(.badInput, .badSecret, "\(source) is empty") }
        return Secret(text)
    }
}
