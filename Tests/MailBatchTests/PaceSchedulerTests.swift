import MailModel
import Testing

@testable import MailBatch

/// Who is next, with times handed in: no clock is asked.
struct PaceSchedulerTests {
    private static let usual = Manners(connections: 2, pause: .seconds(30))

    /// Adds numbered jobs for hosts; a host stands for its SMTP side.
    private static func scheduler(_ jobs: [(Int, String)], _ manners: Manners = usual) -> PaceScheduler<Int> {
        var scheduler = PaceScheduler<Int>()
        for (job, host) in jobs { scheduler.add(job, at: [ServerKey(.smtp, host)], [manners]) }
        return scheduler
    }

    /// Starts all that may start.
    private static func started(_ scheduler: inout PaceScheduler<Int>, at seconds: Int) -> [Int] {
        var jobs: [Int] = []
        while case .start(let job) = scheduler.next(now: .seconds(seconds)) { jobs.append(job) }
        return jobs
    }

    @Test func hostsTakeTurns() {
        var scheduler = Self.scheduler([(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "c")])
        #expect(Self.started(&scheduler, at: 0) == [1, 4, 5, 2])
        #expect(scheduler.waiting == 1)
    }

    @Test func noMoreAtAHostThanItTakes() {
        var scheduler = Self.scheduler((1...5).map { ($0, "a") })
        #expect(Self.started(&scheduler, at: 0) == [1, 2])
        guard case .idle = scheduler.next(now: .seconds(1)) else {
            Issue.record("something began")
            return
        }
        scheduler.ended(at: [ServerKey(.smtp, "a")])
        #expect(Self.started(&scheduler, at: 2) == [3])
    }

    /// A row needs a place at both of its servers.
    @Test func bothServersMustHaveRoom() {
        var scheduler = PaceScheduler<Int>()
        let (one, two) = (ServerKey(.smtp, "a"), ServerKey(.imap, "b"))
        let narrow = Manners(connections: 1, pause: .seconds(1))
        scheduler.add(1, at: [one, two], [narrow, narrow])
        scheduler.add(2, at: [ServerKey(.smtp, "c"), two], [narrow, narrow])
        #expect(Self.started(&scheduler, at: 0) == [1])
        scheduler.ended(at: [one, two])
        #expect(Self.started(&scheduler, at: 0) == [2])
    }

    @Test func loginsOfAMinuteAreCounted() {
        var scheduler = Self.scheduler(
            (1...5).map { ($0, "a") }, Manners(connections: 10, loginsPerMinute: 2, pause: .seconds(1)))
        #expect(Self.started(&scheduler, at: 0) == [1, 2])
        guard case .wait(let until) = scheduler.next(now: .seconds(1)) else {
            Issue.record("it does not wait for a time")
            return
        }
        #expect(until == .seconds(60))
        #expect(Self.started(&scheduler, at: 59) == [])
        #expect(Self.started(&scheduler, at: 60) == [3, 4])
        #expect(Self.started(&scheduler, at: 120) == [5])
    }

    /// Logins of others count in the minute, those before the batch too; they take no turn.
    @Test func loginsOfOthersCount() {
        var scheduler = Self.scheduler(
            (1...4).map { ($0, "a") }, Manners(connections: 10, loginsPerMinute: 2, pause: .seconds(1)))
        let key = ServerKey(.smtp, "a")
        scheduler.foreign(at: key, time: .seconds(-30), now: .seconds(0))
        #expect(Self.started(&scheduler, at: 0) == [1])
        #expect(Self.started(&scheduler, at: 29) == [])
        scheduler.foreign(at: key, time: .seconds(29), now: .seconds(29))
        scheduler.foreign(at: ServerKey(.smtp, "b"), time: .seconds(29), now: .seconds(29))
        #expect(Self.started(&scheduler, at: 59) == [])
        #expect(Self.started(&scheduler, at: 60) == [2])
        #expect(Self.started(&scheduler, at: 89) == [3])
    }

    @Test func aTallyTellsEachMemberWhatOthersBegan() {
        let tally = LoginTally()
        let (one, two) = (tally.join(), tally.join())
        var (first, second) = (0, 0)
        tally.count(at: ServerKey(.smtp, "a"))
        tally.count(at: ServerKey(.imap, "b"), by: one)
        #expect(tally.others(than: one, from: &first).map(\.key.host) == ["a"])
        #expect(tally.others(than: two, from: &second).map(\.key.host) == ["a", "b"])
        tally.count(at: ServerKey(.smtp, "c"), by: two)
        #expect(tally.others(than: one, from: &first).map(\.key.host) == ["c"])
        #expect(tally.others(than: two, from: &second).isEmpty)
    }

    /// Whoever complains is left alone, and nobody else waits for that.
    @Test func aComplaintPausesItsHostAlone() {
        var scheduler = Self.scheduler([(1, "a"), (2, "b"), (3, "a"), (4, "b"), (5, "a"), (6, "b")])
        #expect(Self.started(&scheduler, at: 0) == [1, 2, 3, 4])
        scheduler.complaint(of: ServerKey(.smtp, "a"), pause: nil, now: .seconds(1))
        for host in ["a", "b", "a"] { scheduler.ended(at: [ServerKey(.smtp, host)]) }
        #expect(Self.started(&scheduler, at: 2) == [6])
        #expect(Self.started(&scheduler, at: 30) == [])
        #expect(Self.started(&scheduler, at: 31) == [5])
    }

    @Test func theServersOwnPauseCountsWhenItIsLonger() {
        var scheduler = Self.scheduler([(1, "a"), (2, "a"), (3, "a")])
        #expect(Self.started(&scheduler, at: 0) == [1, 2])
        scheduler.complaint(of: ServerKey(.smtp, "a"), pause: .seconds(90), now: .zero)
        for _ in 1...2 { scheduler.ended(at: [ServerKey(.smtp, "a")]) }
        #expect(Self.started(&scheduler, at: 89) == [])
        #expect(Self.started(&scheduler, at: 90) == [3])
    }

    /// What was under way when a server began to complain complains with it, and that is one complaint.
    @Test func complaintsOfOneMomentAreOne() {
        var scheduler = Self.scheduler((1...40).map { ($0, "a") }, Manners(connections: 20, pause: .seconds(10)))
        let key = ServerKey(.smtp, "a")
        #expect(Self.started(&scheduler, at: 0).count == 20)
        for _ in 0..<20 {
            scheduler.complaint(of: key, pause: nil, now: .seconds(1))
            scheduler.ended(at: [key])
        }
        #expect(scheduler.states[key]?.complaints == 1)
        #expect(scheduler.states[key]?.isStopped == false)
        #expect(Self.started(&scheduler, at: 60).count == 1)
    }

    /// Complaint after complaint: the host is given up, and its rows are handed out.
    @Test func patienceEnds() {
        var scheduler = Self.scheduler((1...40).map { ($0, "a") } + [(99, "b")])
        let key = ServerKey(.smtp, "a")
        var time = 0
        while scheduler.states[key]?.isStopped == false {
            _ = Self.started(&scheduler, at: time)
            scheduler.complaint(of: key, pause: nil, now: .seconds(time))
            for _ in 0..<(scheduler.states[key]?.inFlight ?? 0) { scheduler.ended(at: [key]) }
            time += 3_600
            guard time < 1_000_000 else { break }
        }
        let left = scheduler.takeStopped()
        #expect(scheduler.states[key]?.complaints == Manners.patience)
        #expect(!left.isEmpty && left.allSatisfy { $0 < 99 })
        #expect(scheduler.waiting == 0)
    }

    /// A server that answers again gets one at a time, twice as many each round up to half of what was too much, and from there
    /// on one more a round.
    @Test func successesHeal() {
        var scheduler = Self.scheduler((1...100).map { ($0, "a") }, Manners(connections: 8, pause: .seconds(10)))
        let key = ServerKey(.smtp, "a")
        #expect(Self.started(&scheduler, at: 0).count == 8)
        scheduler.complaint(of: key, pause: nil, now: .zero)
        #expect(scheduler.states[key]?.allowed == 1)
        // The others of that moment come back while it is left alone: they say nothing of what comes after.
        for _ in 0..<8 {
            scheduler.ended(at: [key])
            scheduler.answered(by: key, now: .seconds(1))
        }
        #expect(scheduler.states[key]?.allowed == 1)
        #expect(scheduler.states[key]?.complaints == 1)
        var rounds: [Int] = []
        for round in 1...14 {
            let count = Self.started(&scheduler, at: 10 + round).count
            rounds.append(count)
            for _ in 0..<count {
                scheduler.ended(at: [key])
                scheduler.answered(by: key, now: .seconds(10 + round))
            }
        }
        #expect(rounds == [1, 2, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8, 8, 8])
        #expect(scheduler.states[key]?.complaints == 0)
    }

    /// A million domains leave nothing behind.
    @Test func nothingIsKeptOfServersThatAreThrough() {
        var scheduler = PaceScheduler<Int>()
        for job in 1...1_000 {
            let key = ServerKey(.smtp, "host\(job)")
            scheduler.add(job, at: [key], [.careful])
            #expect(Self.started(&scheduler, at: 0) == [job])
            scheduler.ended(at: [key])
        }
        #expect(scheduler.states.isEmpty)
    }

    /// Rows without a server to count need no turn.
    @Test func rowsWithoutServersBeginAtOnce() {
        var scheduler = PaceScheduler<Int>()
        for job in 1...5 { scheduler.add(job, at: [], []) }
        #expect(Self.started(&scheduler, at: 0) == [1, 2, 3, 4, 5])
        scheduler.ended(at: [])
        guard case .idle = scheduler.next(now: .zero) else {
            Issue.record("something is left")
            return
        }
    }

    @Test(arguments: [
        ("4.7.0 Try again in 5 minutes", 300), ("try later, 30 seconds", 30), ("wait 2 hours please", 3_600),
        ("Too many logins", nil), ("421 4.7.0 too many", nil), ("in 0 seconds", nil),
    ])
    func timesInWordsAreRead(text: String, seconds: Int?) {
        #expect(ThrottleWords.pause(text) == seconds.map { .seconds($0) })
    }
}
