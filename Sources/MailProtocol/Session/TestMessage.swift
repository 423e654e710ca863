/// A message that a mailbox sends to itself, only when the user asked for it.
public struct TestMessage: Hashable, Sendable {
    /// The address that it comes from and goes to.
    public let address: String
    /// Its Message-ID with the angle brackets; nobody else can know it before it was sent.
    public let messageID: String
    /// Its lines, header and body, without line ends.
    public let lines: [String]

    /// Puts a message together. Nil when the address cannot stand in a command.
    ///
    /// - Parameters:
    ///   - address: The mailbox.
    ///   - messageID: The Message-ID with its angle brackets.
    ///   - date: The time as RFC 5322, section 3.3, writes it.
    public init?(address: String, messageID: String, date: String) {
        let isPlain = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\\\"".utf8.contains($0) }
        guard isPlain, !address.isEmpty, address.utf8.count <= 254 else { return nil }
        self.address = address
        self.messageID = messageID
        lines = [
            "From: <\(address)>", "To: <\(address)>", "Subject: Test message of mailconnect", "Date: \(date)",
            "Message-ID: \(messageID)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=us-ascii", "",
            "mailconnect sent this message from the mailbox to itself, as it was asked to.",
            "It may be deleted.",
        ]
    }

    /// The octets that follow DATA, the lone dot at the end included. No line begins with a dot (RFC 5321, section 4.5.2).
    var octets: [UInt8] {
        (lines + ["."]).flatMap { Array($0.utf8) + ASCII.lineEnd }
    }
}
