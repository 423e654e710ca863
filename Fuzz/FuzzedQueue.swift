import MailJSON
import MailModel

@testable import MailBatch
@testable import MailQueue

/// What stands in rows and answers once they are opened: whoever has the key may have written it.
enum FuzzedQueue {
    /// What is read is written and read again as the same, and within its bounds.
    static func order(_ octets: [UInt8]) {
        guard let order = RowOrder(octets: octets) else { return }
        let written = order.octets
        guard let again = RowOrder(octets: written), again.octets == written else {
            fatalError("an order reads as something else: \(String(decoding: written, as: UTF8.self))")
        }
        guard (.milliseconds(1)...(.seconds(3_600))).contains(order.account.timeout) else {
            fatalError("a run of \(order.account.timeout)")
        }
        for endpoint in [order.account.smtpEndpoint, order.account.imapEndpoint] {
            if let endpoint, !(1...65_535).contains(endpoint.port) { fatalError("a port \(endpoint.port)") }
        }
        guard again.account.timeout == order.account.timeout, again.account.password == order.account.password,
            again.account.smtpCredential == order.account.smtpCredential,
            again.account.imapCredential == order.account.imapCredential
        else { fatalError("an account reads as something else") }
        let shown = "\(order.row.smtpPassword as Any) \(order.account.smtpCredential as Any)"
        if let secret = order.account.smtpCredential?.secret.revealed, secret.utf8.count > 12, shown.contains(secret) {
            fatalError("a secret is shown")
        }
    }

    /// An answer reads as it was written, and what is left of its report is one.
    static func answer(_ octets: [UInt8]) {
        guard let answer = QueuedAnswer(octets: octets) else { return }
        let written = answer.octets
        switch (answer, QueuedAnswer(octets: written)) {
        case (.refused, .refused?): return
        case (.answer(let one), .answer(let other)?) where one == other:
            guard let short = try? JSONParser.parse(Array(one.withoutEvidence.utf8)), case .object = short else {
                fatalError("what is left of a report is none")
            }
        default: fatalError("an answer reads as something else: \(String(decoding: written, as: UTF8.self))")
        }
    }
}

/// Entries that all workers of a fleet read and write. Whoever may write to the queue may have written one.
enum FuzzedFleet {
    private static let now = 1_700_000_000_000
    /// What a server of the queue takes in one message, where nobody says otherwise.
    private static let largest = 1_048_576

    /// A line of what happens, an octet each, and the entry behind it.
    static func entry(_ octets: [UInt8]) {
        let parts = octets.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let entry = parts.count > 1 ? Array(parts[1]) : []
        claim(entry)
        var pace = ServerPace(octets: entry, now: now)
        check(pace, now)
        var time = now
        let steps = parts.first ?? []
        let limit = (steps.first ?? 0) & 1 == 0 ? nil : 1 + Int(steps.count)
        let manners = Manners(connections: 1 + steps.count % 7, loginsPerMinute: limit, pause: .seconds(30))
        for step in steps.prefix(64) {
            time += Int(step) * 100
            happen(step, &pace, time, manners)
            check(pace, time)
        }
    }

    private static func happen(_ step: UInt8, _ pace: inout ServerPace, _ now: Int, _ manners: Manners) {
        let worker = "w\(step >> 5)"
        switch step & 3 {
        case 0:
            if case .wait(let until) = pace.begin(worker, now, manners),
                until > now + Int(Manners.longestPause / .milliseconds(1))
            {
                fatalError("an account waits until \(until)")
            }
        case 1: pace.end(worker, now, manners, hasBegun: step & 4 == 0)
        case 2: pace.complaint(asked: step & 4 == 0 ? nil : .seconds(Int(step) * 60), now, manners)
        default: pace.answered(manners, now)
        }
        pace.prune(now, manners)
        let busy = pace.holders.values.reduce(0) { $0 + $1.count }
        if step & 3 == 0, pace.holders[worker]?.until == now + ServerPace.lease, busy > manners.connections {
            fatalError("\(busy) accounts at a server for \(manners.connections)")
        }
    }

    private static func check(_ pace: ServerPace, _ now: Int) {
        let written = pace.octets
        guard ServerPace(octets: written, now: now) == pace else {
            fatalError("an entry of \(written.count) octets reads as something else")
        }
        guard written.count <= largest else { fatalError("an entry of \(written.count) octets") }
        guard pace.pausedUntil <= now + Int(Manners.longestPause / .milliseconds(1)), pace.pausedUntil >= 0,
            (0...Manners.patience).contains(pace.complaints), pace.allowance?.count ?? 1 > 0,
            pace.holders.values.allSatisfy({ $0.count >= 0 && $0.until <= now + 2 * ServerPace.lease }),
            pace.ended.allSatisfy({ $0 <= now + 2 * ServerPace.lease })
        else { fatalError("a figure beyond its bounds") }
    }

    private static func claim(_ octets: [UInt8]) {
        guard let claim = RowClaim(octets: octets) else { return }
        guard RowClaim(octets: claim.octets) == claim, (0...1_000).contains(claim.tries) else {
            fatalError("a claim reads as something else")
        }
    }
}
