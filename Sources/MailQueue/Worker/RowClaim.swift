internal import MailJSON

/// Which message of a row is the one that counts, and which worker has it: written before anything is tried for the row.
///
/// The same octets under another message id come with another number in the stream and find the row claimed.
struct RowClaim: Hashable, Sendable {
    /// The message's number in the stream of rows.
    var sequence: Int
    /// Who has it; empty when it was given back untried.
    var worker: String
    /// How often a server turned it away before its login.
    var tries = 0
    /// Whether its answer is in the queue.
    var isAnswered = false

    var octets: [UInt8] {
        let value: JSONValue = [
            "sequence": .integer(sequence), "worker": .text(worker), "tries": .integer(tries),
            "answered": .bool(isAnswered),
        ]
        return Array(value.rendered(.compact).utf8)
    }

    init(sequence: Int, worker: String, tries: Int = 0) {
        (self.sequence, self.worker, self.tries) = (sequence, worker, tries)
    }

    init?(octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets), let sequence = value["sequence"]?.integer,
            let worker = value["worker"]?.text
        else { return nil }
        self.init(sequence: sequence, worker: worker, tries: max(0, min(value["tries"]?.integer ?? 0, 1_000)))
        isAnswered = value["answered"]?.bool == true
    }
}
