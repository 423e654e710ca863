import MailModel

/// The client's side of SCRAM (RFC 5802, with SHA-256 RFC 7677), without channel binding.
///
/// The password never leaves this side, and the server has to prove that it knows it too: a success without that proof
/// is not believed.
struct SCRAMClient: Sendable {
    /// What to do about a challenge.
    enum Answer: Sendable {
        case respond(SASLMessage)
        case refuse(ProtocolViolation)
        /// The server says by itself that it failed (`e=`, section 7); its word on the login comes next.
        case failed([UInt8])
    }

    /// What a server may ask for: fewer rounds make guessing cheap (RFC 7677, section 4), more would keep us busy.
    static let iterationRange = 4096...1_000_000

    /// Whether the server proved that it knows the password.
    private(set) var isServerProven = false

    private enum State: Sendable {
        case first
        case final(serverSignature: [UInt8])
        case over
    }

    private let hash: SASLHash
    private let cryptography: any SASLCryptography
    private let password: [UInt8]
    private let nonce: String
    private let bareFirst: String
    private var state = State.first

    /// Prepares an exchange.
    ///
    /// - Parameters:
    ///   - hash: The function of the mechanism's name.
    ///   - username: The user name.
    ///   - password: The password.
    ///   - cryptography: The one-way functions and the nonce.
    /// - Throws: `UnusableCredential` for empty parts, for control characters, and for letters beyond ASCII: those would
    ///   have to be prepared (RFC 4013) in a way that is not done here.
    init(
        _ hash: SASLHash, username: String, password: String, cryptography: any SASLCryptography
    ) throws(UnusableCredential) {
        try UnusableCredential.check(username: username, secret: password, without: Array(0...0x1F) + [0x7F])
        guard Self.canCarry(username), Self.canCarry(password) else { throw .needsPreparation }
        self.hash = hash
        self.cryptography = cryptography
        self.password = Array(password.utf8)
        nonce = cryptography.nonce()
        let name = username.split(separator: "=", omittingEmptySubsequences: false).joined(separator: "=3D")
            .split(separator: ",", omittingEmptySubsequences: false).joined(separator: "=2C")
        bareFirst = "n=\(name),r=\(nonce)"
    }

    /// Whether a text needs no preparation.
    ///
    /// - Parameter text: A user name or password.
    /// - Returns: True for ASCII.
    static func canCarry(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// The first message; there is no secret in it.
    var initialMessage: SASLMessage { SASLMessage(open: Array("n,,\(bareFirst)".utf8)) }

    /// Takes a challenge.
    ///
    /// - Parameter challenge: The challenge, decoded.
    /// - Returns: What to do.
    mutating func answer(_ challenge: [UInt8]) -> Answer {
        switch state {
        case .first: return answerFirst(challenge)
        case .final(let expected): return verify(challenge, expected)
        case .over: return .refuse(.unexpectedChallenge)
        }
    }

    private mutating func answerFirst(_ challenge: [UInt8]) -> Answer {
        let text = String(decoding: challenge, as: UTF8.self)
        if text.hasPrefix("e=") {
            state = .over
            return .failed(challenge)
        }
        guard let server = SCRAMChallenge(text), server.nonce.hasPrefix(nonce), server.nonce.count > nonce.count,
            Self.iterationRange.contains(server.iterations)
        else { return .refuse(.badChallenge) }
        let withoutProof = "c=biws,r=\(server.nonce)"
        let signed = Array("\(bareFirst),\(text),\(withoutProof)".utf8)
        guard let keys = keys(server, signed) else { return .refuse(.badChallenge) }
        state = .final(serverSignature: keys.serverSignature)
        let proof = String(decoding: Base64.encode(keys.proof), as: UTF8.self)
        return .respond(SASLMessage(secret: Array("\(withoutProof),p=\(proof)".utf8)))
    }

    /// The formulas of RFC 5802, section 3.
    private func keys(_ server: SCRAMChallenge, _ signed: [UInt8]) -> (proof: [UInt8], serverSignature: [UInt8])? {
        let salted = cryptography.stretchedKey(password, salt: server.salt, iterations: server.iterations, hash)
        guard let salted,
            let clientKey = cryptography.authenticationCode(Array("Client Key".utf8), key: salted, hash),
            let storedKey = cryptography.digest(clientKey, hash),
            let clientSignature = cryptography.authenticationCode(signed, key: storedKey, hash),
            let serverKey = cryptography.authenticationCode(Array("Server Key".utf8), key: salted, hash),
            let serverSignature = cryptography.authenticationCode(signed, key: serverKey, hash)
        else { return nil }
        return (zip(clientKey, clientSignature).map { $0 ^ $1 }, serverSignature)
    }

    private mutating func verify(_ challenge: [UInt8], _ expected: [UInt8]) -> Answer {
        state = .over
        if challenge.starts(with: Array("e=".utf8)) { return .failed(challenge) }
        guard challenge.starts(with: Array("v=".utf8)) else { return .refuse(.badChallenge) }
        let signature = challenge.dropFirst(2).prefix { $0 != UInt8(ascii: ",") }
        guard let sent = Base64.decode(Array(signature)), Self.areEqual(sent, expected) else {
            return .refuse(.serverNotProven)
        }
        isServerProven = true
        return .respond(SASLMessage(open: []))
    }

    /// Takes the same time wherever the difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
