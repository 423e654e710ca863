import Foundation
import MailRegistration
import Synchronization

/// A clock that stands still, and jumps ahead when somebody sleeps.
final class TestClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var sleeps: [Duration] = []
    }

    private let state = Mutex(State())

    /// How long was slept, in order.
    var sleeps: [Duration] { state.withLock(\.sleeps) }

    /// The time since the start.
    var elapsed: Duration { state.withLock(\.elapsed) }

    /// The clock as the code under test takes it.
    var clock: RegistrationClock {
        RegistrationClock(
            now: { TestAccount.now.addingTimeInterval(Double(self.elapsed.components.seconds)) },
            elapsed: { self.elapsed },
            sleep: { pause in
                self.state.withLock {
                    $0.elapsed += pause
                    $0.sleeps.append(pause)
                }
            })
    }
}
