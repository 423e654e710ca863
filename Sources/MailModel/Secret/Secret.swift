#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A password, token or key. It prints as `[redacted]`, is not `Codable`, and is read only by naming `revealed`.
///
/// Its octets are kept once, however often the value is copied, and overwritten when the last copy is let go. What is made of
/// `revealed` is a text like any other, and is not.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let memory: SecretMemory

    /// The secret itself. Never log, print, store or compare it in anything that prints.
    public var revealed: String { memory.text }

    /// Wraps a secret.
    ///
    /// - Parameter text: The secret, exactly as it is to be sent.
    public init(_ text: String) { memory = SecretMemory(text) }

    /// Always `[redacted]`.
    public var description: String { "[redacted]" }

    /// Always `[redacted]`.
    public var debugDescription: String { "[redacted]" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Two secrets are equal when their octets are: equal to Swift is not equal on the wire.
    public static func == (one: Secret, other: Secret) -> Bool { one.memory.octets.elementsEqual(other.memory.octets) }

    /// Hashes the octets.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(memory.octets)) }

    /// Overwrites octets that are needed no more, so that the compiler does not leave it out.
    ///
    /// - Parameter octets: What held a secret.
    public static func wipe(_ octets: inout [UInt8]) {
        octets.withUnsafeMutableBytes { SecretMemory.wipe($0) }
        octets = []
    }
}

/// Where the octets of one secret are: allocated once, never moved, overwritten at the end.
// Sendable: nothing writes to the octets between `init` and `deinit`.
private final class SecretMemory: @unchecked Sendable {
    let octets: UnsafeMutableBufferPointer<UInt8>

    init(_ text: String) {
        octets = .allocate(capacity: text.utf8.count)
        _ = octets.initialize(from: text.utf8)
    }

    deinit {
        Self.wipe(UnsafeMutableRawBufferPointer(octets))
        octets.deallocate()
    }

    var text: String { String(decoding: octets, as: UTF8.self) }

    static func wipe(_ octets: UnsafeMutableRawBufferPointer) {
        guard let start = octets.baseAddress, octets.count > 0 else { return }
        #if canImport(Glibc)
        explicit_bzero(start, octets.count)
        #else
        _ = memset_s(start, octets.count, 0, octets.count)
        #endif
    }
}

/// What proves who logs in.
public enum Credential: Sendable, Hashable {
    /// An account or app password, for PLAIN and LOGIN.
    case password(Secret)
    /// An OAuth 2 access token (RFC 6750), for XOAUTH2 and OAUTHBEARER (RFC 7628).
    case accessToken(Secret)

    /// The secret inside.
    public var secret: Secret {
        switch self {
        case .password(let secret), .accessToken(let secret): secret
        }
    }
}

/// Proof that a connection may carry a secret: TLS 1.2 or later, the chain trusted, the host name matched.
///
/// A session's `authenticate` asks for one of these, and it can be made from nothing but the facts of a handshake:
/// so no login is ever written to a peer that was not verified (promise 1 of `SECURITY.md`).
public struct VerifiedChannel: Hashable, Sendable {
    /// Checks the facts; nil when any of the three conditions does not hold.
    ///
    /// - Parameter facts: What was seen in the handshake of the connection that the login would use.
    public init?(_ facts: TLSFacts) {
        guard facts.chain == .trusted, facts.hostNameMatches, facts.version.allowsLogin else { return nil }
    }
}
