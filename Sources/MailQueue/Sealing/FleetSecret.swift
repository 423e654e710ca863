internal import MailModel
internal import MailNetwork

/// What a fleet has in common and nobody else knows: it names logins and accounts in the queue by keyed hashes. It stands sealed
/// in the queue; so whoever can read it has the right key, and whoever cannot is told before any row is touched.
struct FleetSecret: Sendable {
    let key: [UInt8]

    private static let entry = "secret"
    private static let label = Seal.Label(.secret, name: "fleet")

    /// Reads it; whoever publishes rows makes it when there is none.
    ///
    /// - Returns: The secret; nil where there is none yet and none is to be made.
    /// - Throws: `QueueError` for a wrong key, or when the queue does not answer.
    static func read(_ bucket: KeyValue, _ seal: Seal, makes: Bool) async throws -> FleetSecret? {
        while true {
            let found = try await bucket.entry(entry)
            guard found.octets.isEmpty else { return try await opened(found, bucket, seal, makes) }
            guard makes else { return nil }
            var random = SystemRandomNumberGenerator()
            let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let sealed = try seal.sealed(key, label)
            // Whoever was first has made it.
            if try await bucket.write(entry, sealed, after: found.revision) != nil { return FleetSecret(key: key) }
        }
    }

    private static func opened(
        _ found: KeyValue.Entry, _ bucket: KeyValue, _ seal: Seal, _ makes: Bool
    ) async throws -> FleetSecret {
        do {
            let (label, key) = try seal.opened(found.octets, .secret)
            guard label == Self.label, key.count == 32 else { throw Seal.Refusal.notSealed }
            // The newest key seals it, so that older ones can be taken out of the files once all have the new one.
            if makes, Seal.label(found.octets)?.key != seal.file.keys.first?.id {
                _ = try await bucket.write(entry, try seal.sealed(key, Self.label), after: found.revision)
            }
            return FleetSecret(key: key)
        } catch let refusal as Seal.Refusal {
            let id = Seal.label(found.octets)?.key ?? ""
            let reason =
                switch refusal {
                case .unknownKey: "it is sealed with the key \(ServerText(id)), which the key file does not hold"
                case .changed, .notSealed: "the key \(ServerText(id)) of the key file does not open it"
                }
            throw QueueError(.wrongKey, "the key file is not that of this queue: \(reason)")
        }
    }

    /// A name that says nothing of what it stands for.
    ///
    /// - Parameter parts: What it stands for.
    /// - Returns: 32 hexadecimal digits.
    func name(_ parts: [String]) -> String {
        let message = parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        return QueueText.hexadecimal((KeyedHash.sha256(message, key: key) ?? []).prefix(16))
    }
}
