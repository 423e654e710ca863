import Foundation
import MailRegistration
import Testing

@Suite struct RequestPaceTests {
    private static let now = TestAccount.now

    @Test func aHundredLeaveAtOnceAndTheNextWaitsAMinute() async {
        let pace = RequestPace()
        for _ in 0..<100 { #expect(await pace.reserve(now: Self.now, patience: .zero) == .zero) }
        #expect(await pace.reserve(now: Self.now, patience: .seconds(59)) == nil)
        #expect(await pace.secondsToWait(now: Self.now) == 60)
        #expect(await pace.reserve(now: Self.now, patience: .seconds(60)) == .seconds(60))
        // The one that waits has its place: behind it the second of the hundred counts.
        #expect(await pace.reserve(now: Self.now, patience: .seconds(60)) == .seconds(60))
    }

    @Test func noWindowEverHoldsMoreThanItMay() async throws {
        let pace = RequestPace()
        var now = Self.now
        var left: [Date] = []
        for turn in 0..<2_500 {
            let wait = try #require(await pace.reserve(now: now, patience: .seconds(7_200)))
            now = now.addingTimeInterval(Double(wait.components.seconds) + 0.01)
            left.append(now)
            if turn % 100 == 99 { now = now.addingTimeInterval(Double(turn % 37)) }
        }
        for (seconds, most) in [(60.0, 100), (3_600, 1_000)] {
            for index in left.indices where index >= most {
                #expect(left[index].timeIntervalSince(left[index - most]) >= seconds - 0.02)
            }
        }
    }

    @Test func earlierRunsCount() async {
        let earlier = (0..<1_000).map { Self.now.addingTimeInterval(-3_000 + Double($0)) }
        let pace = RequestPace(earlier: earlier)
        #expect(await pace.reserve(now: Self.now, patience: .seconds(3_600)) == .seconds(600))
        #expect(await RequestPace(earlier: [Self.now.addingTimeInterval(-3_600)]).secondsToWait(now: Self.now) == 0)
    }
}
