internal import COpenSSL
internal import MailJSON

/// Seals what goes through the queue: AES-256-GCM (NIST SP 800-38D) by OpenSSL, a fresh random nonce each.
///
/// What is sealed stands behind a line of JSON that says whose it is and which key opens it. The whole line is additional data:
/// whoever changes an octet of it, or moves the rest behind another line, gets nothing opened.
struct Seal: Sendable {
    let file: KeyFile

    /// Whose it is, as the line in front says.
    struct Label: Hashable, Sendable {
        /// What is sealed.
        enum Kind: String, Sendable { case row, answer, login, secret }

        var kind: Kind
        /// The batch.
        var batch: String
        /// The row's name in it; for other things what they are called by.
        var name: String
        /// How often the row was tried before, by whoever asked for it again.
        var round: Int

        init(_ kind: Kind, batch: String = "", name: String, round: Int = 0) {
            (self.kind, self.batch, self.name, self.round) = (kind, batch, name, round)
        }
    }

    /// Why nothing is opened.
    enum Refusal: Error, Hashable, Sendable {
        /// It is no sealed message.
        case notSealed
        /// No key of that name is in the file.
        case unknownKey(String)
        /// It was changed, or sealed with another key of that name.
        case changed(key: String)
    }

    private static let nonce = 12
    private static let tag = 16
    private static let longestLine = 1_024

    /// Seals octets with the file's first key.
    ///
    /// - Throws: `QueueError` when the line in front would be too long, or OpenSSL does not seal.
    func sealed(_ octets: [UInt8], _ label: Label) throws(QueueError) -> [UInt8] {
        guard let key = file.keys.first else { throw QueueError(.badFile, "the key file holds no key") }
        let line: JSONValue = [
            "v": 1, "kind": .text(label.kind.rawValue), "batch": .text(label.batch), "name": .text(label.name),
            "round": .integer(label.round), "key": .text(key.id),
        ]
        // It ends with the line's end.
        let head = Array(line.rendered(.compact).utf8)
        // What could not be opened is not sent.
        guard head.count <= Self.longestLine else {
            throw QueueError(.failed, "a message whose name is longer than \(Self.longestLine) octets is not sealed")
        }
        // The system's generator is good for keys and nonces (getrandom(2)).
        var random = SystemRandomNumberGenerator()
        let nonce = (0..<Self.nonce).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        guard let body = Self.cipher(octets, key.octets.octets, nonce, head, tag: nil) else {
            throw QueueError(.failed, "OpenSSL does not seal")
        }
        return head + nonce + body
    }

    /// Reads the line in front, which nothing vouches for before the rest is opened.
    static func label(_ message: [UInt8]) -> (label: Label, key: String, end: Int)? {
        guard let end = message.prefix(longestLine).firstIndex(of: 0x0A),
            let line = try? JSONParser.parse(Array(message[..<end])), line["v"]?.integer == 1,
            let kind = line["kind"]?.text.flatMap(Label.Kind.init), let batch = line["batch"]?.text,
            let name = line["name"]?.text, let round = line["round"]?.integer, let key = line["key"]?.text
        else { return nil }
        return (Label(kind, batch: batch, name: name, round: round), key, end)
    }

    /// Opens what was sealed.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - kind: What it must be.
    /// - Returns: Whose it is, and what it holds.
    /// - Throws: `Refusal`.
    func opened(_ message: [UInt8], _ kind: Label.Kind) throws(Refusal) -> (label: Label, octets: [UInt8]) {
        guard let (label, id, end) = Self.label(message), label.kind == kind,
            message.count >= end + 1 + Self.nonce + Self.tag
        else { throw .notSealed }
        guard let key = file.keys.first(where: { $0.id == id }) else { throw .unknownKey(id) }
        let head = Array(message[...end])
        let nonce = Array(message[(end + 1)..<(end + 1 + Self.nonce)])
        let body = message[(end + 1 + Self.nonce)...]
        guard
            let octets = Self.cipher(
                Array(body.dropLast(Self.tag)), key.octets.octets, nonce, head, tag: Array(body.suffix(Self.tag)))
        else { throw .changed(key: id) }
        return (label, octets)
    }

    /// Seals without a tag, which is put behind the result; opens with one.
    private static func cipher(
        _ octets: [UInt8], _ key: [UInt8], _ nonce: [UInt8], _ head: [UInt8], tag: [UInt8]?
    ) -> [UInt8]? {
        ERR_clear_error()
        defer { ERR_clear_error() }
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let direction: Int32 = tag == nil ? 1 : 0
        var count: Int32 = 0
        guard key.count == KeyFile.length, nonce.count == Self.nonce,
            EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction) == 1,
            EVP_CipherUpdate(context, nil, &count, head, Int32(clamping: head.count)) == 1
        else { return nil }
        var result = [UInt8](repeating: 0, count: octets.count)
        if !octets.isEmpty {
            guard EVP_CipherUpdate(context, &result, &count, octets, Int32(clamping: octets.count)) == 1,
                Int(count) == octets.count
            else { return nil }
        }
        var end = [UInt8](repeating: 0, count: 16)
        if var tag {
            guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1,
                EVP_CipherFinal_ex(context, &end, &count) == 1
            else { return nil }
            return result
        }
        guard EVP_CipherFinal_ex(context, &end, &count) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &end) == 1
        else { return nil }
        return result + end
    }
}
