import Dispatch
import FoundationEssentials
import Glibc
import MailModel
import Synchronization

/// Leaves with status 130 when the user presses Ctrl-C, or the system asks the program to end or takes its terminal away:
/// with the terminal as it was, without children, and with a word on a registration that was on its way.
final class Interruption: Sendable {
    /// A program is interrupted as a whole.
    static let shared = Interruption()

    // Sendable by use: only `watch` touches it, once, before the command runs.
    nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []
    /// Registration requests that are on their way: what is interrupted then may have been stored.
    private let underWay = Mutex(0)
    /// What is done at the first interruption in place of an end at once.
    private let gentle = Mutex<(@Sendable () -> Void)?>(nil)
    /// When an interruption was answered in another way.
    private let answered = Mutex<ContinuousClock.Instant?>(nil)
    /// One wish may come as two signals: `timeout` and a terminal send one to the process and one to its group.
    private static let echo = Duration.milliseconds(200)

    private init() {}

    /// Begins to watch. A program that was started with SIGHUP ignored (nohup) stays so.
    func watch() {
        // What writing to a closed pipe or over a limit comes to is told by the call that wrote.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        var before = sigaction()
        let keepsHangUp =
            sigaction(SIGHUP, nil, &before) == 0
            && unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        for number in [SIGINT, SIGTERM] + (keepsHangUp ? [] : [SIGHUP]) {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                // The second one ends the program, whatever the first was answered with.
                guard
                    let answer = gentle.withLock({ answer in
                        defer { answer = nil }
                        return answer
                    })
                else {
                    if let last = answered.withLock({ $0 }), .now - last < Self.echo { return }
                    end()
                }
                answered.withLock { $0 = .now }
                answer()
            }
            source.resume()
            sources.append(source)
        }
    }

    /// Answers the first interruption in another way than by ending at once; the second one ends the program.
    ///
    /// - Parameter answer: What is done, soon; nil to end at once from now on.
    func soften(_ answer: (@Sendable () -> Void)?) { gentle.withLock { $0 = answer } }

    /// Ends the program.
    func end() -> Never {
        SecretChild.end()
        EchoGuard.restore()
        let note =
            underWay.withLock { $0 } > 0
            ? "The registration request was on its way: the account may be registered or not; the journal shows it "
                + "as unknown.\n" : ""
        StandardError.write("\nInterrupted.\n" + note)
        // Not `exit`: that waits for whoever reads from standard input, which may be for ever.
        _exit(ExitStatus.interrupted.rawValue)
    }

    /// Follows the registrations of a batch.
    ///
    /// - Parameter count: How many are on their way, or wait for it.
    func follow(registering count: Int) { underWay.withLock { $0 = count } }

    /// Follows a registration.
    func follow(_ progress: RegistrationProgress) {
        switch progress {
        case .sending: underWay.withLock { $0 += 1 }
        case .answered: underWay.withLock { $0 -= 1 }
        case .waiting: break
        }
    }
}
