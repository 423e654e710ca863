import MailRegistration
import Synchronization

/// Whether a registration request is on its way now: an interruption must say so, since it may have been stored.
enum RequestUnderWay {
    private static let state = Mutex(false)

    /// Follows a registration.
    static func follow(_ event: RegistrationProgress) {
        switch event {
        case .sending: state.withLock { $0 = true }
        case .answered: state.withLock { $0 = false }
        case .waiting: break
        }
    }

    static var isTrue: Bool { state.withLock { $0 } }
}
