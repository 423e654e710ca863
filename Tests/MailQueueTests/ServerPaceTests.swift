import MailModel
import Testing

@testable import MailBatch
@testable import MailQueue

/// What one server takes of a whole fleet, with times handed in.
struct ServerPaceTests {
    @Test func neverMoreUnderWayThanItTakes() {
        let manners = Manners(connections: 3, pause: .seconds(30))
        var pace = ServerPace()
        #expect((0..<3).map { pace.begin("w\($0 % 2)", 0, manners) } == [.granted, .granted, .granted])
        #expect(pace.begin("w2", 1, manners) == .full)
        pace.end("w0", 2, manners, hasBegun: true)
        #expect(pace.begin("w2", 3, manners) == .granted)
        #expect(pace.begin("w0", 3, manners) == .full)
    }

    /// What a dead worker had is free when its lease is over, and not before.
    @Test func aDeadWorkersPlacesComeBack() {
        let manners = Manners(connections: 1, pause: .seconds(30))
        var pace = ServerPace()
        #expect(pace.begin("dead", 0, manners) == .granted)
        #expect(pace.begin("w", ServerPace.lease - 1, manners) == .full)
        #expect(pace.begin("w", ServerPace.lease, manners) == .granted)
    }

    /// Whatever workers do, no minute at the server holds more logins than it takes, wherever in its time a login arrives.
    @Test(arguments: [1, 7, 42]) func noMinuteHoldsMoreLogins(seed: UInt64) {
        let manners = Manners(connections: 5, loginsPerMinute: 10, pause: .seconds(30))
        var random = Generator(state: seed)
        var pace = ServerPace()
        var arrivals: [Int] = []
        var open: [(worker: String, begun: Int, ends: Int)] = []
        var now = 0
        while arrivals.count < 200 {
            now += Int.random(in: 0...400, using: &random)
            for login in open where login.ends <= now {
                pace.end(login.worker, login.ends, manners, hasBegun: true)
                arrivals.append(Int.random(in: login.begun...login.ends, using: &random))
            }
            open.removeAll { $0.ends <= now }
            let worker = "w\(Int.random(in: 0..<4, using: &random))"
            if pace.begin(worker, now, manners) == .granted {
                open.append((worker, now, now + Int.random(in: 1...9_000, using: &random)))
            }
        }
        arrivals.sort()
        for (place, time) in arrivals.enumerated() where place >= 10 {
            #expect(time - arrivals[place - 10] >= ServerPace.minute, "at \(time)")
        }
    }

    @Test func aComplaintPausesForEverybody() {
        let manners = Manners(connections: 8, pause: .seconds(30))
        var pace = ServerPace()
        for _ in 0..<4 { _ = pace.begin("w", 0, manners) }
        pace.complaint(asked: nil, 1_000, manners)
        #expect(pace.begin("other", 2_000, manners) == .wait(until: 31_000))
        // What was under way complains with it: that is one complaint.
        pace.complaint(asked: nil, 2_000, manners)
        #expect(pace.complaints == 1)
        #expect(pace.allowance?.count == 1)
        #expect(pace.allowance?.threshold == 2)
        // The server's own words count when they are longer, and at most an hour.
        pace.complaint(asked: .seconds(86_400), 40_000, manners)
        #expect(pace.pausedUntil == 40_000 + 3_600_000)
    }

    @Test func theFifthComplaintStops() {
        let manners = Manners(connections: 8, pause: .seconds(1))
        var pace = ServerPace()
        var now = 0
        for _ in 0..<Manners.patience {
            pace.complaint(asked: nil, now, manners)
            now = pace.pausedUntil
        }
        #expect(pace.begin("w", now - 1, manners) == .stopped)
        #expect(pace.begin("w", now, manners) == .granted)
        // What comes in while it is left alone began before its complaint.
        pace.answered(manners, now - 1)
        #expect(pace.complaints == Manners.patience)
        pace.answered(manners, now)
        #expect(pace.complaints == 0)
    }

    @Test func itIsReadAsItWasWritten() {
        let manners = Manners(connections: 8, loginsPerMinute: 5, pause: .seconds(1))
        var pace = ServerPace()
        _ = pace.begin("w1", 5, manners)
        _ = pace.begin("w2", 6, manners)
        pace.end("w2", 7, manners, hasBegun: true)
        pace.complaint(asked: nil, 8, manners)
        #expect(ServerPace(octets: pace.octets) == pace)
        #expect(ServerPace(octets: Array("nonsense".utf8)) == ServerPace())
    }

    /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    /// Whoever may write to the queue may write anything: no worker traps over it, and none waits longer than the longest pause.
    @Test(arguments: [
        #"{"ended": [9223372036854775807, -9223372036854775808], "holders": {}}"#,
        #"{"holders": {"w": {"n": -9223372036854775808, "until": 9223372036854775807}}}"#,
        #"{"allowed": 9223372036854775807, "complaints": 9223372036854775807}"#, #"{"allowed": -1}"#,
        #"{"allowed": 1, "threshold": 0, "credit": 99999}"#, #"{"allowed": 2, "threshold": -1, "credit": -1}"#,
        #"{"paused": 9223372036854775807, "complaints": 4}"#, #"{"paused": -9223372036854775808}"#,
    ])
    func anEntryOfAnybodyIsKeptWithinBounds(entry: String) {
        let manners = Manners(connections: 3, loginsPerMinute: 2, pause: .seconds(30))
        let now = 1_000_000
        var pace = ServerPace(octets: Array(entry.utf8), now: now)
        let answer = pace.begin("w", now, manners)
        pace.answered(manners, now)
        pace.complaint(asked: nil, now, manners)
        pace.end("w", now, manners, hasBegun: true)
        let longest = now + Int(Manners.longestPause / .milliseconds(1))
        #expect(pace.pausedUntil <= longest)
        if case .wait(let until) = answer { #expect(until <= longest) }
    }
}
