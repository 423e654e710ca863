/// One whole response as it came, literals included, before anybody reads its grammar.
struct IMAPRawResponse: Hashable, Sendable {
    /// Its lines; each but the first begins with the literal that the line before announced.
    var lines: [[UInt8]]

    /// The octets as sent, without the last line end.
    var octets: [UInt8] { Array(lines.joined(separator: ASCII.lineEnd)) }
}
