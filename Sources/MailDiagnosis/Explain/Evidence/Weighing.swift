import MailModel
import ProviderCatalog

/// A cause with all that speaks for it.
struct WeighedCause {
    /// The cause.
    var id: FindingID
    /// How much speaks for it, less what speaks against it.
    var weight: Double
    /// The signature that speaks most for it, nil when only words around do.
    var candidate: Candidate?
    /// The words around that speak most for it.
    var clue: Clue?
}

/// Weighs everything that was found: what speaks for each cause, and what shows that there is no problem of an account.
struct Weighing {
    /// The causes, the one that most speaks for first.
    let causes: [WeighedCause]
    /// What shows that there is no problem of an account, the weightiest.
    let calm: WeighedCause?
    /// What programs say of any failure, the most telling first.
    let wrappers: [Clue]

    /// How much each further witness adds, and how much all of them may.
    private static let corroboration = (each: 0.02, most: 0.06)
    /// From here on the words that show that all is well are never outweighed.
    private static let decisive = 1.0
    private static let beyondAll = 2.0

    /// Weighs.
    ///
    /// - Parameters:
    ///   - candidates: What signatures speak for.
    ///   - clues: What words around speak for.
    init(candidates: [Candidate], clues: [Clue]) {
        var causes: [FindingID: WeighedCause] = [:]
        for candidate in candidates {
            causes[candidate.id] = WeighedCause(id: candidate.id, weight: candidate.weight, candidate: candidate)
        }
        var witnesses: [FindingID: Int] = [:]
        for clue in clues where clue.role == .reason || clue.role == .calm {
            let weight = clue.role == .calm && clue.weight >= Self.decisive ? Self.beyondAll : clue.weight
            var cause = causes[clue.finding] ?? WeighedCause(id: clue.finding, weight: 0)
            if clue.weight > cause.clue?.weight ?? -1 { cause.clue = clue }
            cause.weight = max(cause.weight, weight)
            causes[clue.finding] = cause
            witnesses[clue.finding, default: 0] += 1
        }
        for (id, count) in witnesses where count > 1 || causes[id]?.candidate != nil {
            let more = count - (causes[id]?.candidate == nil ? 1 : 0)
            causes[id]?.weight += min(Double(more) * Self.corroboration.each, Self.corroboration.most)
        }
        for clue in clues where clue.role == .against { causes[clue.finding]?.weight -= clue.weight }
        Self.settleWrappers(&causes, clues)
        calm = causes[.notAnAccountProblem]
        self.causes = causes.values.filter { $0.id != .notAnAccountProblem && $0.weight > 0 }.sorted {
            ($0.weight, $1.id.description) > ($1.weight, $0.id.description)
        }
        wrappers = clues.filter { $0.role == .wrapper }.sorted { ($0.weight, $1.reference) > ($1.weight, $0.reference) }
    }

    /// Causes that come before any login: whoever meets one of them has not been asked for a password.
    private static let beforeLogin: Set<FindingID> = [
        .connectRefused, .connectTimeout, .wrongHost, .dnsFailure, .certInvalid, .certExpired, .certNameMismatch,
        .tlsVersionMismatch, .wrongPort, .starttlsStripped, .proxyOrAntivirusInterception, .serverBusy,
    ]

    /// A program that cannot connect says that the login failed. Its words count little beside the reason, and for nothing
    /// where the same line says that it could not connect; a server's reply counts in full.
    private static func settleWrappers(_ causes: inout [FindingID: WeighedCause], _ clues: [Clue]) {
        guard let login = causes[.badCredentials], login.candidate?.found == nil else { return }
        let reason = causes.values.filter { beforeLogin.contains($0.id) }.map(\.weight).max() ?? 0
        if reason >= 0.4 { causes[.badCredentials]?.weight = min(login.weight * 0.6, reason * 0.9) }
        let connecting = clues.filter { $0.role == .wrapper && $0.weight >= 0.4 && beforeLogin.contains($0.finding) }
        guard let clue = login.clue, login.candidate.map({ $0.weight < clue.weight }) ?? true else { return }
        if connecting.contains(where: { $0.lines.contains(clue.line) }) { causes[.badCredentials] = nil }
    }
}
