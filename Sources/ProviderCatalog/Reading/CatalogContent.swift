/// All that could be read of a catalogue, and all that could not.
struct CatalogContent: Hashable, Sendable {
    /// The version, empty when it could not be read.
    var version = ""
    /// The table of daily limits, without figures when it could not be read.
    var dailyLimitBands = DailyLimitBands.none
    /// How much evidence weighs.
    var weights = EvidenceWeights.none
    /// Services on the web.
    var services = WebServices.none
    /// Who opens TLS on the way.
    var interceptors: [Interceptor] = []
    /// Words in pasted texts; none when the catalogue has no such file.
    var cues = RecognitionCues.none
    /// Words that speak for causes; none when the catalogue has no such file.
    var explainCues = ExplainCues.none
    /// What programs say in other languages.
    var translations = Translations.none
    /// Networks and names for detection; none when the catalogue has no such file.
    var hints = DetectionHints.none
    /// The profiles that could be read, by file name.
    var profiles: [Located<ProviderProfile>] = []
    /// The signatures that could be read, by file name.
    var signatures: [Located<Signature>] = []
    /// Whether profiles were left out on purpose.
    var isPart = false
    /// What is wrong.
    var errors: [CatalogError] = []
}

/// What one file of a catalogue holds.
struct CatalogPart: Sendable {
    /// Puts the value of a file that exists once into its place.
    typealias Filling = @Sendable (inout CatalogContent) -> Void

    /// The profiles: the one of a file of its own, or those of a table.
    var profiles: [Located<ProviderProfile>] = []
    /// The signatures that could be read.
    var signatures: [Located<Signature>] = []
    /// What else it is good for.
    var head: Filling?
    /// What is wrong.
    var errors: [CatalogError] = []

    /// Puts all of it into the catalogue.
    func fill(_ content: inout CatalogContent) {
        content.profiles += profiles
        content.signatures += signatures
        head?(&content)
        content.errors += errors
    }
}

/// A value of the catalogue and the place it was read from.
struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    var value: Value
    /// The file, below the catalogue's folder.
    var file: String
    /// The place in the file; empty when the value is the whole file.
    var keyPath: String
}

/// What can be wrong between signatures, and between them and the profiles.
enum SignatureConflicts {
    /// Looks for ids that exist twice and, when all profiles were read, for providers that do not exist.
    ///
    /// - Parameter content: What was read.
    /// - Returns: The mistakes.
    static func find(in content: CatalogContent) -> [CatalogError] {
        let providers = Set(content.profiles.map(\.value.id))
        var files: [String: String] = [:]
        var errors: [CatalogError] = []
        for signature in content.signatures {
            if let other = files.updateValue(signature.file, forKey: signature.value.id) {
                let reason = "\(signature.value.id) exists in \(other) too"
                errors.append(error(.duplicate, signature, "id", reason))
            }
            for id in signature.value.providers where !content.isPart && !providers.contains(id) {
                errors.append(error(.badValue, signature, "provider", "there is no profile \(id)"))
            }
        }
        guard !content.isPart else { return errors }
        for (number, provider) in content.cues.providers.enumerated() where !providers.contains(provider.id) {
            errors.append(
                CatalogError(
                    .badValue, file: CatalogReader.traces, keyPath: "providers[\(number)].id",
                    reason: "there is no profile \(provider.id)"))
        }
        return errors + unknownOwners(content.hints, providers)
    }

    private static func unknownOwners(_ hints: DetectionHints, _ providers: Set<String>) -> [CatalogError] {
        let named =
            hints.networks.enumerated().map { ("networks[\($0.offset)].provider", $0.element.provider) }
            + hints.panels.sorted().map { ("panels", $0) }
            + hints.otherProofs.enumerated().map { ("other_proofs[\($0.offset)].provider", $0.element.provider) }
        return named.filter { !providers.contains($0.1) }.map { keyPath, id in
            CatalogError(
                .badValue, file: CatalogReader.detection, keyPath: keyPath, reason: "there is no profile \(id)")
        }
    }

    private static func error(
        _ kind: CatalogError.Kind, _ signature: Located<Signature>, _ key: String, _ reason: String
    ) -> CatalogError {
        CatalogError(kind, file: signature.file, keyPath: signature.keyPath + "." + key, reason: reason)
    }
}
