/// The server's first message in SCRAM (RFC 5802, section 7): `r=NONCE,s=SALT,i=COUNT`.
struct SCRAMChallenge: Hashable, Sendable {
    /// Both nonces, ours first.
    let nonce: String
    /// The salt.
    let salt: [UInt8]
    /// How often the password is hashed.
    let iterations: Int

    /// Octets in a salt. Servers use 12 to 64.
    static let saltLimit = 1024

    /// Reads a message; nil when it breaks the grammar or asks for an extension, which has to end the exchange
    /// (section 5.1, `m`).
    ///
    /// - Parameter text: The message.
    init?(_ text: String) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 3, let nonce = Self.value("r", fields[0]), let salt = Self.value("s", fields[1]),
            let count = Self.value("i", fields[2]), let iterations = ASCII.number(Array(count.utf8)),
            let octets = Base64.decode(Array(salt.utf8)), (1...Self.saltLimit).contains(octets.count),
            nonce.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.nonce = nonce
        self.salt = octets
        self.iterations = iterations
    }

    private static func value(_ name: String, _ field: Substring) -> String? {
        field.hasPrefix("\(name)=") ? String(field.dropFirst(2)) : nil
    }
}
