import Synchronization
import Testing

@testable import MailService

/// The parts that decide without a network.
struct PartsTests {
    @Test(
        arguments: [
            ("localhost", "localhost", nil), ("LOCALHOST:8025", "localhost", 8025), ("[::1]:8025", "[::1]", 8025),
            ("127.0.0.1", "127.0.0.1", nil), ("a:", nil, nil), ("a:b", nil, nil), (":80", nil, nil), ("[::1", nil, nil),
            ("a/b", nil, nil), ("user@host", nil, nil), ("a:70000", nil, nil),
        ] as [(String, String?, Int?)]) func authorities(_ text: String, _ name: String?, _ port: Int?)
    {
        let authority = Authority(text)
        #expect(authority?.name == name && authority?.port == port)
    }

    @Test func aTokenBelongsToItsName() throws {
        let tokens = try Tokens("# ours\nann:abc\r\n\nbob:abcd\n")
        #expect(tokens.name(of: "abc") == "ann" && tokens.name(of: "abcd") == "bob")
        for wrong in ["", "ab", "abcde", "ann:abc", "ABC"] { #expect(tokens.name(of: wrong) == nil) }
    }

    @Test(
        arguments: [("", nil), ("ann", 1), ("a:b\nc", 2), (":b", 1), ("a:", 1), ("a:b c", 1), ("a:b\na:c", 2)]
            as [(String, Int?)])
    func filesThatAreNone(_ text: String, _ line: Int?) {
        let mistake = #expect(throws: Tokens.Mistake.self) { try Tokens(text) }
        #expect(mistake?.line == line)
    }

    @Test(
        arguments: [
            (nil, false, false), ("", false, false), ("register", true, false),
            ("register=1&accept_warnings=0", true, false),
            ("accept_warnings=true&register=false", false, true), ("&&register=true&", true, false),
        ] as [(String?, Bool, Bool)])
    func queriesOfBatches(_ query: String?, _ registers: Bool, _ acceptsWarnings: Bool) throws {
        let choices = try BatchChoices(query: query)
        #expect(choices.registers == registers && choices.acceptsWarnings == acceptsWarnings)
    }

    /// A parameter that stands there twice is refused, whether or not both say the same.
    @Test(arguments: [
        ("register=true&register=false", "register"), ("register&accept_warnings&register", "register"),
        ("register=yes", "register"), ("register=", "register"), ("=true", ""), ("Register=true", "Register"),
    ])
    func queriesThatAreNone(_ query: String, _ field: String) {
        let problem = #expect(throws: Problem.self) { try BatchChoices(query: query) }
        #expect(problem?.id == .invalidField && problem?.field == field)
    }

    @Test(
        arguments: [
            ([], true), (["k"], true), ([" ~"], true), ([String(repeating: "k", count: 255)], true), ([""], false),
            ([String(repeating: "k", count: 256)], false), (["k", "k"], false), (["\u{7F}"], false),
            (["\u{E9}"], false),
        ] as [([String], Bool)])
    func keysOfIdempotency(_ lines: [String], _ isKey: Bool) throws {
        guard isKey else {
            let problem = #expect(throws: Problem.self) { try IdempotencyKey.read(lines) }
            #expect(problem?.field == IdempotencyKey.name)
            return
        }
        #expect(try IdempotencyKey.read(lines) == lines.first)
    }

    @Test func placesAreGivenBack() throws {
        let places = RunPlaces(most: 2, mostOfClient: 1, what: "runs")
        let (ann, bob) = (Client(token: "ann"), Client(token: "bob"))
        var held: RunPlaces.Place? = try places.place(for: ann)
        #expect(throws: Problem.self) { try places.place(for: ann) }
        let other = try places.place(for: bob)
        #expect(places.taken == 2)
        let full = #expect(throws: Problem.self) { try places.place(for: Client(token: "eve")) }
        #expect(full?.status == 503 && full?.headers["Retry-After"] != nil)
        _ = held
        held = nil
        #expect(places.taken == 1)
        places.close()
        let closing = #expect(throws: Problem.self) { try places.place(for: ann) }
        #expect(closing?.id == .shuttingDown)
        withExtendedLifetime(other) {}
    }

    @Test func aBucketFillsUpAgain() throws {
        let buckets = RequestBuckets(burst: 2, perSecond: 1)
        let (ann, now) = (Client(token: "ann"), ContinuousClock.now)
        try buckets.take(ann, now: now)
        try buckets.take(ann, now: now)
        let refusal = #expect(throws: Problem.self) { try buckets.take(ann, now: now) }
        #expect(refusal?.status == 429 && refusal?.headers["Retry-After"] == "1")
        try buckets.take(Client(token: "bob"), now: now)
        try buckets.take(ann, now: now + .seconds(1))
    }

    @Test func aDepartureIsToldOnceAndAtOnce() async {
        let departure = Departure()
        let count = Mutex(0)
        await departure.bound({ count.withLock { $0 += 1 } }) { departure.leave() }
        departure.leave()
        #expect(count.withLock { $0 } == 1)
        await departure.bound({ count.withLock { $0 += 1 } }) {}
        #expect(count.withLock { $0 } == 2)
    }

    @Test func everyReaderSeesAllEvents() async {
        let feed = EventFeed<Int>()
        feed.tell("a", "1")
        async let later = feed.next(after: 1)
        feed.tell("b", "2")
        #expect(await feed.next(after: 0).events.first?.name == "a")
        #expect(await later.events.map(\.name) == ["b"])
        async let end = feed.end()
        feed.finish(7)
        #expect(await end == 7)
        #expect(await feed.next(after: 5).end == 7)
    }

    @Test func aReaderThatIsCancelledWaitsNoLonger() async {
        let feed = EventFeed<Int>()
        let reader = Task { await feed.next(after: 0) }
        reader.cancel()
        let (events, end) = await reader.value
        #expect(events.isEmpty && end == nil)
    }

    @Test(arguments: ["b", "", "../x", "b0000000000000000000000000000000Z"]) func noNameOfABatch(_ text: String) {
        #expect(!BatchID.isOne(text) && BatchID.isOne(BatchID.new()))
    }
}
