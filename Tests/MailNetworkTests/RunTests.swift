import MailModel
import Synchronization
import Testing

@testable import MailNetwork

@Suite("A run's clock") struct RunClockTests {
    private let time = TestTime()

    private func clock(_ seconds: Int = 60, patience: Duration = .seconds(600)) -> RunClock {
        let time = time
        return RunClock(timeout: .seconds(seconds), patience: patience) { time.now }
    }

    @Test("Waits that overlap count once, and nothing of them against the run") func union() {
        let clock = clock()
        time.advance(by: .seconds(1))
        clock.beginWait()
        time.advance(by: .seconds(10))
        clock.beginWait()
        time.advance(by: .seconds(10))
        clock.endWait()
        #expect(clock.isWaiting)
        time.advance(by: .seconds(10))
        clock.endWait()
        time.advance(by: .seconds(2))
        #expect(clock.waited == .seconds(30))
        #expect(clock.elapsed == .seconds(3))
        #expect(clock.remaining == .seconds(57))
        #expect(!clock.isWaiting && !clock.hasPassed)
    }

    @Test("A wait that is under way counts already, and one end too many does nothing") func underWay() {
        let clock = clock()
        clock.endWait()
        clock.beginWait()
        time.advance(by: .seconds(100))
        #expect(clock.waited == .seconds(100) && clock.elapsed == .zero)
    }

    @Test("A stage's end moves while the run stands still, and is never after the run's") func stages() {
        let clock = clock(20)
        let stage = clock.instant(after: .seconds(10))
        let long = clock.instant(after: .seconds(25))
        time.advance(by: .seconds(4))
        clock.beginWait()
        time.advance(by: .seconds(50))
        clock.endWait()
        #expect(stage.remaining == .seconds(6))
        time.advance(by: .seconds(6))
        #expect(stage.hasPassed && !long.hasPassed)
        #expect(long.remaining == .seconds(10) && long.orAfter(.seconds(3)).remaining == .seconds(3))
        time.advance(by: .seconds(10))
        #expect(long.hasPassed && clock.hasPassed && clock.remaining == .zero)
    }

    @Test("Patience has an end: then waiting counts") func patience() {
        let clock = clock(60, patience: .seconds(5))
        clock.beginWait()
        time.advance(by: .seconds(65))
        #expect(clock.hasPassed && clock.waited == .seconds(5))
        #expect(RunInstant(.now - .seconds(1)).hasPassed)
    }

    @Test("Who shares a wait stands still with the others, and goes on when they leave") func shared() {
        let (first, second) = (clock(), clock())
        let wait = SharedWait()
        wait.join(1, first)
        wait.begin()
        wait.join(2, second)
        #expect(first.isWaiting && second.isWaiting)
        wait.leave(1)
        #expect(!first.isWaiting && second.isWaiting)
        wait.end()
        #expect(!second.isWaiting)
        wait.begin()
        wait.leave(2)
        #expect(!second.isWaiting)
    }
}

@Suite("Whose turn it is") struct FairQueueTests {
    private final class Owner {}

    @Test func lanesTakeTurns() {
        let (one, two) = (Owner(), Owner())
        var queue = FairQueue<Int>()
        for number in 0..<200 { queue.append(number, lane: ObjectIdentifier(one)) }
        for number in 1_000..<1_003 { queue.append(number, lane: ObjectIdentifier(two)) }
        queue.append(5_000, lane: nil)
        #expect((0..<8).compactMap { _ in queue.pop() } == [0, 1_000, 5_000, 1, 1_001, 2, 1_002, 3])
        #expect(queue.count == 196)
        #expect(queue.removeAll() == Array(4..<200))
        #expect(queue.isEmpty && queue.pop() == nil)
    }
}

@Suite("How many connections there may be", .timeLimit(.minutes(1))) struct ConnectionBudgetTests {
    private final class Order: Sendable {
        private let list = Mutex<[String]>([])
        var names: [String] { list.withLock { $0 } }
        func note(_ name: String) { list.withLock { $0.append(name) } }
    }

    private func run() -> RunClock { RunClock(timeout: .seconds(60)) }

    @Test("Whoever wants one more waits, in turn, and the clock stands still") func turns() async throws {
        let budget = ConnectionBudget(connections: 1)
        let (greedy, modest) = (run(), run())
        let first = try #require(await budget.place(for: "a", until: greedy.deadline))
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            let wishes = [("greedy 1", greedy), ("greedy 2", greedy), ("greedy 3", greedy), ("modest", modest)]
            for (index, (name, clock)) in wishes.enumerated() {
                group.addTask {
                    let place = await budget.place(for: "a", until: clock.deadline)
                    order.note(name)
                    place?.release()
                }
                while budget.counters.waiting <= index, !Task.isCancelled { await Task.yield() }
            }
            #expect(modest.isWaiting)
            first.release()
            first.release()
        }
        #expect((order.names.firstIndex(of: "modest") ?? 9) <= 1)
        #expect(budget.counters.open == 0 && budget.counters.waiting == 0)
        #expect(budget.counters.given == 5 && budget.counters.mostOpen == 1)
        #expect(!modest.isWaiting && !greedy.isWaiting)
    }

    @Test("A host that has its number holds up nobody else") func hosts() async throws {
        let budget = ConnectionBudget(connections: 10, perHost: 1)
        let clock = run()
        let first = try #require(await budget.place(for: "busy", until: clock.deadline))
        let second = Task { await budget.place(for: "busy", until: clock.deadline) }
        while budget.counters.waiting < 1, !Task.isCancelled { await Task.yield() }
        let other = try #require(await budget.place(for: "idle", until: clock.deadline))
        #expect(budget.counters.open == 2)
        first.release()
        try #require(await second.value).release()
        other.release()
        #expect(budget.counters.open == 0)
    }

    @Test("A place that nobody holds any more is given back") func forgotten() async {
        let budget = ConnectionBudget(connections: 1)
        _ = await budget.place(for: "a", until: run().deadline)
        #expect(budget.counters.open == 0)
    }

    @Test("Whoever is cancelled or late leaves the queue") func leaving() async throws {
        let budget = ConnectionBudget(connections: 1)
        let place = try #require(await budget.place(for: "a", until: run().deadline))
        let waiting = Task { await budget.place(for: "a", until: RunClock(timeout: .seconds(60)).deadline) }
        while budget.counters.waiting < 1, !Task.isCancelled { await Task.yield() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        #expect(await budget.place(for: "a", until: RunInstant(.now + .milliseconds(20))) == nil)
        #expect(budget.counters.waiting == 0)
        place.release()
        #expect(budget.counters.open == 0)
    }

    @Test("The limit of descriptors leaves room for other things") func descriptors() async {
        #expect(DescriptorLimit.raise() >= DescriptorLimit.current)
        let small = ConnectionBudget(descriptors: 12)
        var places: [ConnectionPlace] = []
        while places.count < 20, let place = await small.place(for: "a", until: RunInstant(.now + .milliseconds(5))) {
            places.append(place)
        }
        #expect(places.count == 6)
    }
}

@Suite("Which addresses may be connected to") struct AddressPolicyTests {
    @Test(
        "Special addresses are refused",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255", "192.0.0.8",
            "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255",
            "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
            "2002:7f00:1::1", "2002:a9fe:a9fe::", "2001::1", "2001:db8::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1",
            "fec0::1", "ff02::1", "4000::1", "mail.example.com", "",
        ])
    func special(_ address: String) { #expect(!AddressPolicy.publicOnly().allows(address)) }

    @Test(
        "Public ones are let through",
        arguments: [
            "1.1.1.1", "9.255.255.255", "100.63.255.255", "172.32.0.1", "192.0.1.1", "223.255.255.255", "2606:4700::1",
            "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1",
        ])
    func common(_ address: String) { #expect(AddressPolicy.publicOnly().allows(address)) }

    @Test("Exceptions are let through, in whatever form they come") func exceptions() throws {
        let policy = AddressPolicy.publicOnly(allowing: [try #require(CIDR("10.1.0.0/16")), try #require(CIDR("::1"))])
        for address in ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203", "::1"] { #expect(policy.allows(address)) }
        for address in ["10.2.0.1", "127.0.0.1", "::ffff:10.2.0.1"] { #expect(!policy.allows(address)) }
    }

    @Test(
        "Ranges are read strictly",
        arguments: ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "/8", "x/8", "::/129", "1/2/3"])
    func ranges(_ text: String) { #expect(CIDR(text) == nil) }

    @Test func aRangeEndsInTheMiddleOfAnOctet() throws {
        let range = try #require(CIDR("192.0.2.128/25"))
        #expect(range.description == "192.0.2.128/25")
        #expect(range.contains(try #require(IPAddress("192.0.2.255"))))
        #expect(!range.contains(try #require(IPAddress("192.0.2.127"))))
        #expect(!range.contains(try #require(IPAddress("::1"))))
    }
}
