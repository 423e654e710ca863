import MailModel

/// Reading a signature.
extension Signature {
    private static let required = [
        "id", "needles", "finding", "confidence", "summary", "detail", "remedy", "retry", "source", "date", "examples",
    ]
    private static let optional = [
        "provider", "context", "software", "service", "stage", "code", "code_class", "enhanced_code", "status",
        "response_code", "severity",
    ]

    /// Reads one entry of `signatures`.
    ///
    /// - Parameter object: The object.
    /// - Throws: `CatalogError` for the first thing that is not as it must be.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(Self.required, optional: Self.optional)
        id = try object.text("id")
        providers = try object.textOrTexts("provider")
        context = object.isNull("context") ? .provider : try object.word("context", Context.self)
        software = try object.optionalText("software")
        service = object.isNull("service") ? nil : try object.word("service", MailService.self)
        stage = object.isNull("stage") ? nil : try object.word("stage", Stage.self)
        pattern = try ReplyPattern(object)
        needles = try object.texts("needles").map(Needle.init)
        finding = try Self.finding(in: object)
        severity = try Self.severity(in: object)
        confidence = try object.fraction("confidence")
        summary = try object.text("summary")
        detail = try object.text("detail")
        remedy = try Self.remedy(in: object)
        retry = try Self.retry(in: object)
        source = try object.text("source")
        date = try object.date("date")
        examples = try object.texts("examples").map(SignatureExample.init)
        guard !pattern.isEmpty || !needles.isEmpty else {
            throw object.error(.badValue, "needles", "without a needle and a code it would match everything")
        }
    }

    private static func finding(in object: JSONObject) throws(CatalogError) -> FindingID {
        let id = FindingID(try object.text("finding"))
        guard SignatureFindings.known.contains(id) else {
            throw object.error(.badValue, "finding", "\(id) is no cause that words of a server can show")
        }
        return id
    }

    private static func severity(in object: JSONObject) throws(CatalogError) -> Severity {
        guard let text = try object.optionalText("severity") else { return .error }
        guard let severity = Severity(rawValue: text) else {
            throw object.error(.badValue, "severity", "it must be one of error, warning, info")
        }
        return severity
    }

    private static func remedy(in object: JSONObject) throws(CatalogError) -> Remedy {
        let remedy = try object.object("remedy")
        try remedy.allow(["who", "steps", "links"])
        let steps = try remedy.texts("steps")
        guard !steps.isEmpty else { throw remedy.error(.badValue, "steps", "at least one step must stand here") }
        return Remedy(
            who: try remedy.actor("who"), steps: steps.map(RemedyStep.init(catalogue:)),
            links: try remedy.links("links"))
    }

    private static func retry(in object: JSONObject) throws(CatalogError) -> RetryAdvice {
        let text = try object.text("retry")
        let prefix = "after_seconds:"
        if text == "no" { return .no }
        if text == "once" { return .once }
        guard text.hasPrefix(prefix), let seconds = Int(text.dropFirst(prefix.count)), seconds > 0 else {
            throw object.error(.badValue, "retry", "it must be no, once or after_seconds: and a number")
        }
        return .afterSeconds(seconds)
    }
}
