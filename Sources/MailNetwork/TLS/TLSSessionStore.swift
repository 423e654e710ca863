internal import FoundationEssentials
internal import MailModel
internal import Synchronization

/// Keeps TLS sessions so that later connections to the same host resume them (RFC 8446, section 2.2; RFC 5077).
///
/// A resumed handshake shows no certificate. So with each session the facts of the full handshake that began it are kept,
/// and only where that handshake verified: the chain was trusted, the name matched, the version allows a login. A session
/// is offered to the same host, port and name only, by a context with the same trusted roots, and never longer than
/// `maximumAge` after the full handshake, however often it was renewed; so a certificate that is withdrawn or runs out is
/// noticed about as soon.
public final class TLSSessionStore: Sendable {
    /// Whom a session was made with, and whom we trusted then.
    struct Key: Hashable, Sendable {
        var host: String
        var port: Int
        var serverName: String?
        var trust: UInt64
    }

    /// A full handshake that verified.
    struct Verified: Sendable {
        fileprivate var facts: TLSFacts
        fileprivate var at: ContinuousClock.Instant
    }

    /// A session to offer.
    struct Offer: Sendable {
        var session: TLSSession
        var verified: Verified
        var facts: TLSFacts { verified.facts }
    }

    private struct Entry {
        var offer: Offer
        var until: ContinuousClock.Instant
        /// TLS 1.3 tickets are used once, or a listener could tell that two connections are the same client's
        /// (RFC 8446, appendix C.4).
        var isSingleUse: Bool
    }

    /// As many connections to one host as are begun at once can resume.
    private static let perKey = 16

    private let maximumAge: Duration
    private let maximumHosts: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let entries = Mutex<[Key: [Entry]]>([:])

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - maximumAge: How long after a full handshake its sessions are offered at most.
    ///   - maximumHosts: For how many hosts sessions are kept; those that are over soonest go first.
    ///   - now: What the time is; another one than the system's is for tests.
    public init(
        maximumAge: Duration = .seconds(600), maximumHosts: Int = 2_000,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.maximumAge = maximumAge
        self.maximumHosts = max(maximumHosts, 1)
        self.now = now
    }

    /// How many sessions are kept.
    public var count: Int { entries.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// What may be built on a full handshake; nil when it did not verify.
    func verified(_ facts: TLSFacts) -> Verified? {
        guard facts.chain == .trusted, facts.hostNameMatches, facts.version.allowsLogin, !facts.isResumed else {
            return nil
        }
        return Verified(facts: facts, at: now())
    }

    /// Keeps a session.
    ///
    /// - Parameters:
    ///   - session: What the peer offered.
    ///   - key: Who it was.
    ///   - verified: The full handshake that it rests on.
    func keep(_ session: TLSSession, of key: Key, _ verified: Verified) {
        let moment = now()
        let until = min(verified.at + maximumAge, moment + session.lifetime)
        guard until > moment else { return }
        let entry = Entry(
            offer: Offer(session: session, verified: verified), until: until,
            isSingleUse: verified.facts.version == .v1_3)
        entries.withLock { entries in
            if entries[key] == nil, entries.count >= maximumHosts { Self.makeRoom(in: &entries, now: moment) }
            let kept = entry.isSingleUse ? (entries[key] ?? []).suffix(Self.perKey - 1) : []
            entries[key] = kept + [entry]
        }
    }

    /// A session to offer, the latest first; nil when there is none.
    func session(for key: Key) -> Offer? {
        let moment = now()
        return entries.withLock { entries in
            guard var kept = entries[key] else { return nil }
            kept.removeAll { $0.until <= moment || $0.offer.facts.hasExpired }
            let last = kept.last
            if last?.isSingleUse == true { kept.removeLast() }
            entries[key] = kept.isEmpty ? nil : kept
            return last?.offer
        }
    }

    /// Offers no session to this peer until there is a new one.
    func forget(_ key: Key) { entries.withLock { $0[key] = nil } }

    private static func makeRoom(in entries: inout [Key: [Entry]], now: ContinuousClock.Instant) {
        entries = entries.filter { $0.value.contains { $0.until > now } }
        let sorted = entries.sorted { ($0.value.last?.until ?? now) < ($1.value.last?.until ?? now) }
        for (key, _) in sorted.prefix(max(1, entries.count / 10)) { entries[key] = nil }
    }
}

extension TLSFacts {
    /// Whether a certificate that was verified is over by now.
    fileprivate var hasExpired: Bool {
        let date = Date()
        return certificates.contains { $0.notAfter < date }
    }
}
