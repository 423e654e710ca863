/// Why a text is no JSON, and where.
struct JSONSyntaxError: Error, Hashable {
    /// The line, from 1.
    var line: Int
    /// What is wrong, in words for a person.
    var reason: String
}
