import MailConnect
import MailModel
import Testing

@testable import MailBatch
@testable import MailQueue

/// What stands in the queue, sealed or for the whole fleet, read as it was written and within its bounds.
struct QueuedTextTests {
    private static let order =
        #"{"row":1,"line":2,"address":"a@x.test","reach":"everything","timeout_ms":30000,"at":1700000000"#

    @Test(arguments: [
        "", #","smtp_password":"p q","imap_password":"\u0000","trial":true,"paced":false"#,
        #","smtp":{"host":"h.test","port":465,"tls":"tls"},"imap":{"host":"h.test","port":143,"tls":"starttls"}"#,
        #","smtp":null,"stage":"warming","age":3,"register":true,"base":"https://b.test","daily_limit":9"#,
    ])
    func anOrderIsReadAsItWasWritten(members: String) throws {
        let order = try #require(RowOrder(octets: Array((Self.order + members + "}").utf8)))
        let again = try #require(RowOrder(octets: order.octets))
        #expect(again.octets == order.octets)
        #expect(again.account.smtpCredential == order.account.smtpCredential)
        #expect(again.account.imapEndpoint == order.account.imapEndpoint)
        #expect(again.at == order.at)
    }

    /// A moment that no calendar has, a port that no server has: nothing is made of it, and nothing is tried in its place.
    @Test(arguments: [
        ("1700000000", "9223372036854775807"), ("1700000000", "-1"), ("1700000000", "253402300800"),
        ("1700000000", #"1,"smtp":{"host":"h.test","port":0,"tls":"tls"}"#),
        ("1700000000", #"1,"imap":{"host":"h.test","port":65536,"tls":"tls"}"#),
        ("1700000000", #"1,"imap":{"host":"h.test","port":993,"tls":"none"}"#), ("1700000000", #"1,"smtp":7"#),
    ])
    func whatCannotBeIsNoOrder(from: String, to: String) {
        let text = Self.order.replacing(from, with: to) + "}"
        #expect(RowOrder(octets: Array(text.utf8)) == nil)
    }

    /// A server of the queue may take more than a megabyte; the longest report is read as it was written.
    @Test(arguments: [0, 1, 1_500_000]) func anAnswerIsReadAsItWasWritten(length: Int) throws {
        let report = #"{"evidence":[1],"text":""# + String(repeating: "x", count: length) + #""}"#
        let answer = RowAnswer(
            number: 1, line: 2, address: "a@x.test", status: 1, verdict: .actionNeeded, cause: "c", who: "user",
            fix: "f",
            sentence: "s\u{202E}", scope: nil, provider: "p", registration: .refused, inboxID: "i", dailyLimit: 3,
            report: report)
        guard case .answer(let read)? = QueuedAnswer(octets: QueuedAnswer.answer(answer).octets) else {
            Issue.record("no answer is read")
            return
        }
        #expect(read == answer)
        #expect(read.withoutEvidence.contains(#""evidence":[]"#))
    }

    @Test func aClaimIsReadAsItWasWritten() {
        var claim = RowClaim(sequence: 7, worker: "w1", tries: 3)
        claim.isAnswered = true
        #expect(RowClaim(octets: claim.octets) == claim)
        #expect(RowClaim(octets: Array(#"{"sequence":1,"worker":"w","tries":-5}"#.utf8))?.tries == 0)
        #expect(RowClaim(octets: []) == nil)
    }

    /// What could not be opened for the length of its line is not sealed.
    @Test(arguments: [(100, true), (900, true), (1_024, false), (70_000, false)])
    func aNameThatIsTooLongIsNotSealed(length: Int, isSealed: Bool) throws {
        let seal = Seal(file: try KeyFile(Array(String(repeating: "0f", count: 32).utf8)))
        let label = Seal.Label(.login, name: String(repeating: "n", count: length))
        guard isSealed else {
            #expect(throws: QueueError.self) { try seal.sealed([1], label) }
            return
        }
        #expect(try seal.opened(try seal.sealed([1], label), .login).label == label)
    }

    /// Nobody's entry grows beyond what the queue takes in one message when dead workers' logins are counted.
    @Test(arguments: [1, 100, 1_000]) func manyDeadWorkersAreCountedInBounds(workers: Int) {
        let now = 1_700_000_000_000
        let manners = Manners(connections: 3, loginsPerMinute: 20, pause: .seconds(30))
        let holders = (0..<workers).map { #""w\#($0)":{"n":99999,"until":\#(now - 1)}"# }.joined(separator: ",")
        var pace = ServerPace(octets: Array("{\"holders\":{\(holders)}}".utf8), now: now)
        #expect(pace.holders.count == workers)
        #expect(pace.begin("w", now, manners) == .wait(until: now - 1 + ServerPace.minute))
        #expect(pace.ended.count == 20)
        #expect(ServerPace(octets: pace.octets, now: now) == pace)
    }

    /// An entry that holds as many workers as it can takes no further one, and is read as it was written.
    @Test func anEntryHoldsNoMoreWorkersThanCanBeRead() {
        let now = 1_700_000_000_000
        let manners = Manners(connections: 90_000, pause: .seconds(30))
        var pace = ServerPace()
        for number in 0..<ServerPace.mostWorkers { #expect(pace.begin("w\(number)", now, manners) == .granted) }
        #expect(pace.begin("another", now, manners) == .full)
        #expect(pace.begin("w0", now, manners) == .granted)
        #expect(ServerPace(octets: pace.octets, now: now) == pace)
    }
}
