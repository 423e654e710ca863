/// How a batch is done.
struct BatchChoices: Hashable, Sendable {
    var registers = false
    var acceptsWarnings = false
}

extension BatchChoices {
    /// Reads the query: `register=true`, `accept_warnings=true`.
    ///
    /// - Parameter query: Behind the question mark.
    /// - Throws: `Problem` with the parameter that is not known, says neither true nor false, or stands there twice: which of two
    ///   is meant nobody can tell.
    init(query: String?) throws(Problem) {
        var names: Set<String> = []
        for part in (query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(sides[0])
            guard names.insert(name).inserted else {
                throw Problem(.invalidField, "this parameter stands there twice", field: name)
            }
            let value: Bool
            switch sides.count == 2 ? String(sides[1]) : "true" {
            case "true", "1": value = true
            case "false", "0": value = false
            default: throw Problem(.invalidField, "true or false must stand there", field: name)
            }
            switch name {
            case "register": registers = value
            case "accept_warnings": acceptsWarnings = value
            default: throw Problem(.invalidField, "this parameter is not known", field: name)
            }
        }
    }
}
