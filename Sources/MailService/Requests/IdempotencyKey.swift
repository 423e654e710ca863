internal import MailJSON

/// A header by which a client says that it asks the same thing again.
enum IdempotencyKey {
    /// What the header is called.
    static let name = "Idempotency-Key"

    static let parameter = RouteDocument.Parameter(
        name: name, place: "header",
        about: "The same key with the same body gets the same answer, and nothing is done twice.",
        schema: ["type": "string", "minLength": 1, "maxLength": 255])

    /// Reads the key.
    ///
    /// - Parameter lines: What stands in each header of that name.
    /// - Returns: The key; nil where there is no such header.
    /// - Throws: `Problem` when it is none, or stands there twice.
    static func read(_ lines: [String]) throws(Problem) -> String? {
        guard let key = lines.first else { return nil }
        guard lines.count == 1, (1...255).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw Problem(.invalidField, "a key has 1 to 255 printable ASCII characters", field: name) }
        return key
    }
}
