import ArgumentParser
import MailModel

/// The exit statuses that scripts may trust.
enum ExitStatus: Int32 {
    case ready = 0
    case actionNeeded = 1
    case cannotTell = 2
    case refused = 3
    case unknown = 4
    case usage = 64
    case badInput = 65
    case noInputFile = 66
    case ourBug = 70
    case interrupted = 130

    init(_ verdict: Verdict) {
        switch verdict {
        case .ready, .readyWithWarnings: self = .ready
        case .actionNeeded: self = .actionNeeded
        case .cannotTell: self = .cannotTell
        }
    }

    /// What the parser is given to leave with this status.
    var code: ExitCode { ExitCode(rawValue) }
}
