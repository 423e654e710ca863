import Testing

@testable import MailConnect

@Suite("How long sources that do not answer are waited for")
struct StragglerPolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var slowest: Duration
        var state: StragglerPolicy.State
        /// When the waiting ends, counted from the beginning.
        var end: Duration
        var testDescription: String { "\(slowest) \(state)" }
    }

    @Test(arguments: [
        // Slow live sources set the pace: never more than half as long again.
        Row(slowest: .seconds(1), state: .answered, end: .milliseconds(1300)),
        Row(slowest: .seconds(2), state: .open, end: .milliseconds(2600)),
        Row(slowest: .seconds(2), state: .settled, end: .milliseconds(2600)),
        // Fast ones do not hurry the others off at once.
        Row(slowest: .milliseconds(10), state: .settled, end: .milliseconds(40)),
        Row(slowest: .milliseconds(10), state: .answered, end: .milliseconds(300)),
        Row(slowest: .milliseconds(10), state: .open, end: .milliseconds(1000)),
        Row(slowest: .milliseconds(10), state: .waitsForExchangers, end: .seconds(4)),
        // The budget is never exceeded.
        Row(slowest: .seconds(7), state: .open, end: .seconds(8)),
    ])
    func table(_ row: Row) {
        let end = StragglerPolicy(budget: .seconds(8)).end(slowest: row.slowest, state: row.state)
        #expect(abs((end - row.end) / .milliseconds(1)) < 0.01)
    }
}
