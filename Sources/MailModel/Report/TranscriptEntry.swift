public import MailJSON

/// One line of what was said, secrets masked.
public struct TranscriptEntry: Hashable, Sendable {
    /// Who spoke.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// We did.
        case client = "C"
        /// The server did.
        case server = "S"
        /// Neither: something happened, such as a TLS handshake.
        case event = "!"
    }

    /// When, counted from the start of the run.
    public var at: Duration
    /// Where.
    public var endpoint: Endpoint
    /// Who spoke.
    public var direction: Direction
    /// What was said, without its line end.
    public var text: String

    /// Makes an entry.
    public init(at: Duration, endpoint: Endpoint, direction: Direction, text: String) {
        self.at = at
        self.endpoint = endpoint
        self.direction = direction
        self.text = text
    }
}

extension TranscriptEntry {
    /// How it stands in a report.
    public static let json = JSONDescription<TranscriptEntry>.object(
        { at, endpoint, direction, text in
            TranscriptEntry(at: at, endpoint: endpoint, direction: direction, text: text)
        },
        .field("at_ms", \.at, .milliseconds, "When, counted from the start of the run."),
        .inline(\.endpoint, Endpoint.named),
        .field("direction", \.direction, .word("a direction"), "C: we; S: the server; !: something happened."),
        .field("text", \.text, .text, "What was said, without its line end."),
        order: ["at_ms", "endpoint", "protocol"])
}
