/// A name of mail exchangers, compared label by label.
public enum MXPattern: Hashable, Sendable {
    /// This host and no other.
    case exact(String)
    /// This name and all names below it.
    case suffix(String)

    /// The name in the pattern, lower case.
    public var name: String {
        switch self {
        case .exact(let name), .suffix(let name): name
        }
    }

    /// Reads `{"exact": "..."}` or `{"suffix": "..."}`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow([], optional: ["exact", "suffix"])
        switch (try object.optionalText("exact"), try object.optionalText("suffix")) {
        case (let name?, nil): self = .exact(try Self.checked(name, "exact", object))
        case (nil, let name?): self = .suffix(try Self.checked(name, "suffix", object))
        default: throw object.error(.missingKey, "suffix", "either exact or suffix must stand here")
        }
    }

    private static func checked(_ name: String, _ key: String, _ object: JSONObject) throws(CatalogError) -> String {
        guard HostNameForm.isCanonical(name) else {
            throw object.error(.badValue, key, "it is no lower-case host name")
        }
        return name
    }
}
