import MailModel

/// Reading a profile.
extension ProviderProfile {
    private static let required = [
        "id", "name", "kind", "inbox_type", "domains", "mx", "smtp", "imap", "password", "switches", "limits",
        "daily_cap", "links", "sources",
    ]
    private static let optional = [
        "fingerprints", "username_note", "login_endings", "restrictions", "regions", "notes",
    ]

    /// Reads the object of a profile's file.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - file: The file, which must bear the id.
    /// - Throws: `CatalogError` for the first thing that is not as it must be.
    init(_ object: JSONObject, file: String) throws(CatalogError) {
        try object.allow(Self.required, optional: Self.optional)
        id = try Self.identifier(in: object, file: file)
        name = try object.text("name")
        kind = try object.word("kind", ProviderKind.self)
        inboxType = object.isNull("inbox_type") ? nil : try object.word("inbox_type", InboxType.self)
        domains = try Self.domains(in: object)
        mxPatterns = try object.list("mx") { item throws(CatalogError) in try MXPattern(item) }
        fingerprints = try object.optionalObject("fingerprints").map(Fingerprints.init) ?? Fingerprints()
        smtp = try EndpointProfile.list("smtp", in: object)
        imap = try EndpointProfile.list("imap", in: object)
        usernameNote = try object.optionalText("username_note")
        password = try object.optionalObject("password").map(PasswordProfile.init)
        loginEndings =
            object.isNull("login_endings")
            ? [] : try object.list("login_endings") { item throws(CatalogError) in try LoginEnding(item) }
        switches = try object.list("switches") { item throws(CatalogError) in try AccessSwitch(item) }
        restrictions = try object.texts("restrictions")
        regions = try object.texts("regions")
        limits = try object.list("limits") { item throws(CatalogError) in try SendingLimit(item) }
        dailyCap = try object.optionalObject("daily_cap").map(DailyCap.init)
        links = try object.links("links")
        notes = try object.texts("notes")
        sources = try object.list("sources") { item throws(CatalogError) in try SourceReference(item) }
    }

    private static func identifier(in object: JSONObject, file: String) throws(CatalogError) -> String {
        let id = try object.text("id")
        guard file == "profiles/\(id).json" else { throw object.error(.badValue, "id", "the file must bear it") }
        guard id.utf8.allSatisfy(isIdentifier) else {
            throw object.error(.badValue, "id", "it must be made of small letters, digits and underscores")
        }
        return id
    }

    private static func domains(in object: JSONObject) throws(CatalogError) -> [MailDomainPattern] {
        var result: [MailDomainPattern] = []
        for (number, text) in try object.texts("domains").enumerated() {
            guard let pattern = MailDomainPattern(text) else {
                throw object.error(.badValue, "domains[\(number)]", "it is no lower-case domain name")
            }
            result.append(pattern)
        }
        return result
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
