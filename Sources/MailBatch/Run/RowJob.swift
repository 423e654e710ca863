package import MailConnect
package import MailModel
import ProviderCatalog

/// A row on its way: its account, with its secrets, and what is known of its domain.
package struct RowJob: Sendable {
    package let row: BatchRow
    /// The row's name in the state file.
    package let tag: [UInt8]
    package let account: Account
    /// Whether a login of it was sent by a process that died.
    package var isInterrupted = false
    /// How often it was begun and ended before a login by a server's "too much".
    package var tries = 0
    /// What is known of its domain; a reference, for there may be many rows of one.
    package var detection: Known?
    /// The servers that it is checked at.
    package var keys: [ServerKey] = []

    /// A row that is to be checked.
    package init(row: BatchRow, tag: [UInt8], account: Account, isInterrupted: Bool = false, tries: Int = 0) {
        self.row = row
        self.tag = tag
        self.account = account
        self.isInterrupted = isInterrupted
        self.tries = tries
    }

    /// A detection that many rows share.
    package final class Known: Sendable {
        package let detection: DomainDetection

        init(_ detection: DomainDetection) { self.detection = detection }
    }
}

/// What a row's run came to.
package struct RowEnd: Sendable {
    package var job: RowJob
    package var diagnosis: Diagnosis
    /// Whether a login left.
    package var hasSent: Bool

    /// Puts all together.
    package init(job: RowJob, diagnosis: Diagnosis, hasSent: Bool) {
        self.job = job
        self.diagnosis = diagnosis
        self.hasSent = hasSent
    }

    /// The servers that said that it was too much, and how long they want to be left alone.
    package var complaints: [(key: ServerKey, pause: Duration?)] {
        diagnosis.findings.compactMap { finding in
            guard Self.tooMuch.contains(finding.id), let service = finding.service,
                let key = job.keys.first(where: { $0.service == service })
            else { return nil }
            return (key, finding.serverText.flatMap(ThrottleWords.pause))
        }
    }

    /// The servers that answered a login, whatever they said.
    package var answered: [ServerKey] {
        let complaining = Set(complaints.map(\.key))
        let services = diagnosis.observations.compactMap { observation -> MailService? in
            guard case .login? = observation.facts else { return nil }
            return observation.service
        }
        return job.keys.filter { services.contains($0.service) && !complaining.contains($0) }
    }

    private static let tooMuch: Set<FindingID> = [.tooManyLogins, .rateLimited, .serverBusy]
}

/// How long a server asks to be left alone, where its words say so.
enum ThrottleWords {
    private static let units: [(word: String, seconds: Int)] = [
        ("second", 1), ("sec", 1), ("minute", 60), ("min", 60), ("hour", 3_600),
    ]

    /// `Try again in 5 minutes` is 300 seconds; nil where no time is named.
    static func pause(_ text: String) -> Duration? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        for (number, unit) in zip(words, words.dropFirst()) {
            guard let count = Int(number), (1...86_400).contains(count),
                let seconds = units.first(where: { unit.hasPrefix($0.word) })?.seconds
            else { continue }
            return min(.seconds(count * seconds), Manners.longestPause)
        }
        return nil
    }
}
