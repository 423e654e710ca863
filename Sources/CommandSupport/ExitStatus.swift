package import MailModel

/// The exit statuses that scripts may trust.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    case ready = 0
    case actionNeeded = 1
    case cannotTell = 2
    case refused = 3
    case unknown = 4
    case usage = 64
    case badInput = 65
    case noInputFile = 66
    case ourBug = 70
    /// The result could not be written: the disk is full, or standard output is closed.
    case outputFailed = 74
    case interrupted = 130

    package init(_ verdict: Verdict) {
        switch verdict {
        case .ready, .readyWithWarnings: self = .ready
        case .actionNeeded: self = .actionNeeded
        case .cannotTell: self = .cannotTell
        }
    }

    /// How a run ended that was to register an account.
    package init(of outcome: RegistrationOutcome, verdict: Verdict) {
        switch outcome.status {
        case .registered, .alreadyRegistered: self = .ready
        case .refused: self = .refused
        case .unknown: self = .unknown
        case .notAttempted:
            switch outcome.obstacle {
            case .dryRun?: self = .ready
            case .unreachable?, .cancelled?, .rateLimited?, .journal?: self = .cannotTell
            default: self = verdict.isReady ? .actionNeeded : ExitStatus(verdict)
            }
        }
    }
}
