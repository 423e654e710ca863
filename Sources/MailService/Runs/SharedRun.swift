internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailReport
internal import Synchronization

/// One run that any number of requests wait for: those that came with the same idempotency key.
///
/// When the last of them has gone away the run is cancelled, but for one whose registration request has left: it is better to
/// know what became of that.
final class SharedRun: Sendable {
    /// What the run came to.
    enum End: Sendable {
        /// A report, with the status that it is answered with.
        case report(status: Int, text: String)
        case problem(Problem)
    }

    private struct State {
        var readers = 0
        var isSending = false
        var isAbandoned = false
        var cancel: (@Sendable () -> Void)?
    }

    /// What is told of it.
    let feed = EventFeed<End>()
    /// What it was asked with; nil without a key.
    let fingerprint: CallFingerprint?
    private let state = Mutex(State())

    init(fingerprint: CallFingerprint?) { self.fingerprint = fingerprint }

    /// The run begins; from now on it can be cancelled.
    func began(cancel: @escaping @Sendable () -> Void) {
        let isAbandoned = state.withLock { state in
            state.cancel = cancel
            return state.isAbandoned
        }
        if isAbandoned { cancel() }
    }

    /// An event of the run.
    func take(_ event: RunEvent) {
        if case .registering(.sending) = event.kind { state.withLock { $0.isSending = true } }
        if let data = RunEventJSON.data(event) { feed.tell(event.name, data.rendered(.compact)) }
    }

    /// Somebody waits for it from now on.
    fileprivate func attend() { state.withLock { $0.readers += 1 } }

    fileprivate func left() {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            state.readers -= 1
            guard state.readers == 0, !state.isSending else { return nil }
            state.isAbandoned = true
            return state.cancel
        }
        cancel?()
    }
}

/// That a request waits for a run; it does so until it goes away, or lets go of this.
final class Attendance: Sendable {
    private let run: SharedRun
    private let isOver = Mutex(false)

    init(_ run: SharedRun) {
        self.run = run
        run.attend()
    }

    deinit { end() }

    /// It waits no longer.
    func end() {
        let isFirst = isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
        if isFirst { run.left() }
    }
}

/// What a call asked, as far as it is compared with another one.
struct CallFingerprint: Hashable, Sendable {
    let body: String
    let secrets: [Secret]
}

/// The runs under way that have a key.
final class KeyedRuns: Sendable {
    /// A key, and whose it is.
    struct Name: Hashable, Sendable {
        let client: String
        let route: String
        let key: String
    }

    private let open = Mutex<[Name: SharedRun]>([:])

    /// The run of a key; a new one where there is none.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - fingerprint: What was asked with it.
    /// - Returns: The run, and whether it is new: then whoever asked begins it.
    /// - Throws: `Problem` where something else was asked with the key.
    func run(_ name: Name, _ fingerprint: CallFingerprint) throws(Problem) -> (run: SharedRun, isNew: Bool) {
        let (run, isNew) = open.withLock { open in
            if let run = open[name] { return (run, false) }
            let run = SharedRun(fingerprint: fingerprint)
            open[name] = run
            return (run, true)
        }
        guard run.fingerprint == fingerprint else { throw .keyReused }
        return (run, isNew)
    }

    /// The run is over, and what it came to is written down.
    func close(_ name: Name) { open.withLock { _ = $0.removeValue(forKey: name) } }
}

extension Problem {
    static let keyReused = Problem(
        .keyReused, "something else was asked with this Idempotency-Key before", field: "Idempotency-Key")
}
