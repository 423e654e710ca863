internal import MailJSON

/// What the document of the interface says of a route.
struct RouteDocument: Sendable {
    /// What an answer holds.
    enum Content: Sendable {
        /// JSON after a schema of the components.
        case json(String)
        /// A text of some type.
        case text(String)
        /// Server-sent events; the last one holds a schema of the components.
        case events
        case none
    }

    /// A parameter of the query or a header.
    struct Parameter: Sendable {
        var name: String
        var place: String
        var about: String
        var schema: JSONObject
    }

    let name: String
    let summary: String
    /// What comes with which status.
    let answers: [(status: Int, about: String, content: [Content])]
    /// The statuses of problems.
    let problems: [Int]
    var parameters: [Parameter] = []

    /// The problems of every route that reads a body of JSON.
    static let ofJSON = [400, 401, 403, 413, 415, 422, 429, 500, 503]
    /// The problems of every other route that needs a token.
    static let ofToken = [400, 401, 403, 429, 500]
    /// The problems of a route that is open to everybody.
    static let ofEverybody = [400, 403, 429, 500]
}
