import MailBatch
import MailModel

/// A fleet in virtual time.
struct Fleet {
    /// What a run came to.
    struct Result {
        var seconds: Double
        var complaints = 0
        var left = 0
        /// What most accounts waited for.
        var holder: String
    }

    /// Places of a worker, as `batch` has them on one machine.
    static let places = 150
    /// Processor seconds an account (docs/performance.md), and processors of a worker.
    static let work = 0.0084
    static let processors = 2.0

    private struct Job {
        var kind: Int
        var key: ServerKey
    }

    private struct Event {
        var time: Double
        var worker: Int
        var job: Job
        var isTooMuch: Bool
    }

    private let mix: Mix
    private let workers: Int
    private var scheduler = PaceScheduler<Job>()
    private var random = Random(state: 17)
    private var events = Heap<Event>()
    private var free: [Int]
    private var busyUntil: [Double]
    private var open: [ServerKey: Int] = [:]
    private var now = 0.0
    /// Seconds in which places, processors or providers were what was waited for.
    private var waits: [String: Double] = [:]

    init(workers: Int, mix: Mix, accounts: Int) {
        self.mix = mix
        self.workers = workers
        free = Array(repeating: Self.places, count: workers)
        busyUntil = Array(repeating: 0, count: workers)
        for _ in 0..<accounts {
            let kind = pick()
            let server = Int(random.next() % UInt64(mix.kinds[kind].servers))
            let key = ServerKey(.smtp, "\(kind)-\(server)")
            scheduler.add(Job(kind: kind, key: key), at: [key], [mix.kinds[kind].manners])
        }
    }

    private mutating func pick() -> Int {
        var rest = random.unit()
        for (place, kind) in mix.kinds.enumerated() {
            rest -= kind.share
            if rest < 0 { return place }
        }
        return mix.kinds.count - 1
    }

    /// Works everything off.
    mutating func run() -> Result {
        var result = Result(seconds: 0, holder: "")
        while true {
            let wake = begin()
            guard let next = events.first?.time ?? wake else { break }
            let time = min(next, wake ?? next)
            waits[holder(wake), default: 0] += time - now
            now = time
            while let event = events.first, event.time <= now {
                _ = events.pop()
                end(event, &result)
            }
        }
        result.seconds = now
        result.holder = waits.max { $0.value < $1.value }?.key ?? ""
        return result
    }

    /// Starts what may start; the time at which more may, nil when only an end helps.
    private mutating func begin() -> Double? {
        while let worker = free.indices.max(by: { free[$0] < free[$1] }), free[worker] > 0 {
            switch scheduler.next(now: .seconds(now)) {
            case .start(let job): start(job, worker)
            // A little later: the time is rounded on its way.
            case .wait(let until): return until / .seconds(1) + 1e-6
            case .idle: return nil
            }
        }
        return nil
    }

    private mutating func start(_ job: Job, _ worker: Int) {
        let kind = mix.kinds[job.kind]
        free[worker] -= 1
        open[job.key, default: 0] += 1
        // Its processor does one thing after the other.
        busyUntil[worker] = max(busyUntil[worker], now) + Self.work / Self.processors
        let waiting = kind.seconds * (random.unit() < 0.5 ? 1 : 1 + random.unit())
        let isTooMuch = kind.mostConnections.map { open[job.key, default: 0] > $0 } ?? false
        let end = max(busyUntil[worker], now + (isTooMuch ? 0.3 : waiting))
        events.push(Event(time: end, worker: worker, job: job, isTooMuch: isTooMuch), at: end)
    }

    private mutating func end(_ event: Event, _ result: inout Result) {
        free[event.worker] += 1
        open[event.job.key, default: 1] -= 1
        if open[event.job.key] == 0 { open[event.job.key] = nil }
        scheduler.ended(at: [event.job.key])
        guard event.isTooMuch else { return scheduler.answered(by: event.job.key, now: .seconds(now)) }
        result.complaints += 1
        scheduler.complaint(of: event.job.key, pause: nil, now: .seconds(now))
        result.left += scheduler.takeStopped().count
        // It was turned away before its login, and waits for its turn once more.
        if scheduler.states[event.job.key]?.isStopped != true {
            scheduler.add(event.job, at: [event.job.key], [mix.kinds[event.job.kind].manners])
        }
    }

    private func holder(_ wake: Double?) -> String {
        guard scheduler.waiting > 0 else { return "the last rows" }
        if free.allSatisfy({ $0 == 0 }) { return "places of the workers" }
        if busyUntil.allSatisfy({ $0 > now + 0.05 }) { return "processors of the workers" }
        return wake == nil ? "what providers take at once" : "pauses of providers"
    }
}

/// The soonest first.
struct Heap<Element> {
    private var items: [(time: Double, element: Element)] = []

    var first: Element? { items.first?.element }

    mutating func push(_ element: Element, at time: Double) {
        items.append((time, element))
        var place = items.count - 1
        while place > 0, items[place].time < items[(place - 1) / 2].time {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let result = items.first?.element else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var place = 0
        while true {
            let children = [2 * place + 1, 2 * place + 2].filter { $0 < items.count }
            guard let least = children.min(by: { items[$0].time < items[$1].time }),
                items[least].time < items[place].time
            else { return result }
            items.swapAt(place, least)
            place = least
        }
    }
}

/// SplitMix64: the same run each time.
struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
