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
        return errors
    }

    private static func error(
        _ kind: CatalogError.Kind, _ signature: Located<Signature>, _ key: String, _ reason: String
    ) -> CatalogError {
        CatalogError(kind, file: signature.file, keyPath: signature.keyPath + "." + key, reason: reason)
    }
}
