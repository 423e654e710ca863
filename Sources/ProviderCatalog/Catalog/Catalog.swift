public import MailModel

/// All that is known about providers and about what servers say.
///
/// It never changes. It is a class because everything that detects and diagnoses holds it: as a value it would be more than a
/// kilobyte in each of them, and some hundred references to count with each copy.
public final class Catalog: Sendable {
    /// The version of the data, such as `2026.11.22`.
    public let version: String
    /// The profiles, sorted by id.
    public let profiles: [ProviderProfile]
    /// The signatures.
    public let signatures: SignatureBase
    /// How many messages a day suit a mailbox at each stage.
    public let dailyLimitBands: DailyLimitBands
    /// How much each kind of evidence weighs.
    public let weights: EvidenceWeights
    /// Services on the web that know something about many domains.
    public let services: WebServices
    /// Who opens TLS on the way, known by the issuer in certificates.
    public let interceptors: [Interceptor]
    /// Words by which a pasted text is recognised.
    public let cues: RecognitionCues
    /// Words in a pasted text that speak for causes or against them.
    public let explainCues: ExplainCues
    /// What programs say in other languages than English; read when it is asked for.
    public let translations: Translations
    /// Networks and names that belong to no single profile.
    public let hints: DetectionHints

    private let index: ProfileIndex
    let fingerprints: FingerprintIndex

    /// Reads a catalogue.
    ///
    /// Reading is strict: an unknown key, a missing key, a value of the wrong type, a domain or an exchanger that two
    /// profiles claim, and a file of more than a megabyte are errors.
    ///
    /// - Parameter directory: The folder with `catalogue.json`, `daily-limits.json`, `services.json`,
    ///   `weights.json`, `profiles` and `signatures`.
    /// - Returns: The catalogue.
    /// - Throws: The first `CatalogError`, which names file and key path.
    public static func load(from directory: String) throws(CatalogError) -> Catalog {
        try Catalog(CatalogReader(directory: directory).read())
    }

    /// Reads the part of a catalogue that a pasted text needs: all signatures, and the profiles that mention a name that
    /// stands in the text. Most texts mention none; then no profile is read at all.
    ///
    /// - Parameters:
    ///   - directory: The folder.
    ///   - names: Host and domain names, in small letters.
    /// - Returns: A catalogue without the other profiles; see `reading(profile:from:)`.
    /// - Throws: The first `CatalogError` in what is read.
    public static func load(from directory: String, mentioning names: Set<String>) throws(CatalogError) -> Catalog {
        try Catalog(CatalogReader(directory: directory).read(mentioning: names))
    }

    /// The same catalogue with one more profile.
    ///
    /// - Parameters:
    ///   - id: The profile's id.
    ///   - directory: The folder.
    /// - Returns: The catalogue; itself when the profile is there already or does not exist.
    /// - Throws: `CatalogError` for a profile that cannot be used.
    public func reading(profile id: String, from directory: String) throws(CatalogError) -> Catalog {
        guard profile(id: id) == nil, let read = try CatalogReader(directory: directory).profile(id: id) else {
            return self
        }
        let located = (profiles + [read]).map { Located(value: $0, file: "profiles/\($0.id).json", keyPath: "") }
        let (index, conflicts) = ProfileIndex.build(located)
        if let error = conflicts.first { throw error }
        return Catalog(
            version: version, profiles: located.map(\.value), signatures: signatures, dailyLimitBands: dailyLimitBands,
            weights: weights, services: services, interceptors: interceptors, cues: cues, hints: hints,
            explainCues: explainCues, translations: translations, index: index,
            fingerprints: FingerprintIndex(located.map(\.value)))
    }

    private convenience init(_ content: CatalogContent) throws(CatalogError) {
        let profiles = content.profiles.map(\.value)
        let tables = CatalogTables(content, profiles)
        let conflicts = tables.index.conflicts + SignatureConflicts.find(in: content)
        if let error = (content.errors + conflicts).first { throw error }
        self.init(
            version: content.version, profiles: profiles, signatures: tables.signatures,
            dailyLimitBands: content.dailyLimitBands, weights: content.weights, services: content.services,
            interceptors: content.interceptors, cues: content.cues, hints: content.hints,
            explainCues: content.explainCues, translations: content.translations, index: tables.index.index,
            fingerprints: tables.fingerprints)
    }

    private init(
        version: String, profiles: [ProviderProfile], signatures: SignatureBase, dailyLimitBands: DailyLimitBands,
        weights: EvidenceWeights, services: WebServices, interceptors: [Interceptor], cues: RecognitionCues,
        hints: DetectionHints, explainCues: ExplainCues, translations: Translations, index: ProfileIndex,
        fingerprints: FingerprintIndex
    ) {
        self.version = version
        self.profiles = profiles
        self.signatures = signatures
        self.dailyLimitBands = dailyLimitBands
        self.weights = weights
        self.services = services
        self.interceptors = interceptors
        self.cues = cues
        self.explainCues = explainCues
        self.translations = translations
        self.hints = hints
        self.index = index
        self.fingerprints = fingerprints
    }

    /// The profile with an id.
    ///
    /// - Parameter id: The id, such as it stands in the profile's file name.
    /// - Returns: The profile, nil when there is none.
    public func profile(id: String) -> ProviderProfile? { index.byID[id].map { profiles[$0] } }

    /// The profile whose mailboxes have addresses at a domain.
    ///
    /// - Parameter domain: The part after the `@`.
    /// - Returns: The profile that lists the domain, or a name above it by a pattern such as `*.example.com`.
    public func profile(mailDomain domain: DomainName) -> ProviderProfile? {
        index.profile(mailDomain: domain.description).map { profiles[$0] }
    }

    /// The profile that a mail exchanger belongs to.
    ///
    /// Names are compared label by label and without regard to case; the pattern with the most labels wins, and an
    /// exact one before a suffix of the same length. The profile can be that of a gateway or of a forwarding service:
    /// see `kind`.
    ///
    /// - Parameter exchange: The exchanger's host name, with or without a trailing dot.
    /// - Returns: The profile, nil when no pattern fits.
    public func profile(mx exchange: String) -> ProviderProfile? {
        index.profile(exchange: exchange).map { profiles[$0] }
    }
}

extension Catalog {
    /// The profile that has both servers. Several share theirs: one with exchangers of its own comes first.
    ///
    /// - Parameters:
    ///   - smtp: The host of submission.
    ///   - imap: The host of IMAP.
    /// - Returns: The profile, nil when no one has both.
    public func profile(smtp: String, imap: String) -> ProviderProfile? {
        let sending = Set(index.profiles(host: smtp))
        let profiles = profiles
        let owners = index.profiles(host: imap).lazy.filter { sending.contains($0) }.map { profiles[$0] }
            .filter { profile in
                profile.kind.hasServers && profile.imap.contains { $0.host == imap }
                    && profile.smtp.contains { $0.host == smtp }
            }
        return owners.first { $0.kind == .mailbox && !$0.mxPatterns.isEmpty } ?? owners.first
    }

    /// The one profile that names any of these hosts for SMTP or IMAP.
    ///
    /// - Parameter hosts: Host names as profiles write them.
    /// - Returns: The profile; nil when none names one, or several do.
    public func onlyProfile(ofHosts hosts: Set<String>) -> ProviderProfile? {
        let places = Set(hosts.flatMap { index.profiles(host: $0) })
        return places.count == 1 ? places.first.map { profiles[$0] } : nil
    }
}

extension Catalog {
    /// Who opens TLS on the way, told by the names in the certificates that came.
    ///
    /// - Parameter names: Subjects and issuers, each a distinguished name on one line.
    /// - Returns: The first whose words stand in one of them; nil when nobody is known for any.
    public func interceptor(of names: [String]) -> Interceptor? {
        let folded = names.map(FoldedText.init)
        return interceptors.first { interceptor in folded.contains { interceptor.isIssuer($0) } }
    }
}

extension Catalog: Hashable {
    /// Whether the same is known.
    public static func == (one: Catalog, other: Catalog) -> Bool {
        one === other
            || one.version == other.version && one.profiles == other.profiles && one.signatures == other.signatures
                && one.dailyLimitBands == other.dailyLimitBands && one.weights == other.weights
                && one.services == other.services && one.interceptors == other.interceptors && one.cues == other.cues
                && one.explainCues == other.explainCues && one.translations == other.translations
                && one.hints == other.hints
    }

    /// By the version and the number of profiles: catalogues that differ do so in these.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(version)
        hasher.combine(profiles.count)
    }
}
