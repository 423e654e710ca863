import Foundation
import MailModel
import Synchronization

/// Says on standard error what is being waited for.
final class ProgressLine: Sendable {
    /// How it is said.
    enum Form: Sendable {
        /// Not at all.
        case none
        /// One line that is written over, for a person who watches.
        case line
        /// A line for each stage, which stays.
        case lines
    }

    private let form: Form
    private let hasFound = Mutex(false)

    init(form: Form) { self.form = form }

    /// Says what is going on.
    func update(_ text: String) {
        switch form {
        case .none: break
        case .line: write("\r\u{1B}[K\(ServerText(String(text.prefix(76))).escaped)")
        case .lines: write(ServerText(String(text.prefix(200))).escaped + "\n")
        }
    }

    /// Takes the line away.
    func clear() {
        if case .line = form { write("\r\u{1B}[K") }
    }

    /// Follows a run.
    func follow(_ event: RunEvent) {
        switch event.kind {
        case .settings(let detected):
            let isFirst = hasFound.withLock { found in
                defer { found = true }
                return !found
            }
            if isFirst { update("Found: \(detected.provider.name ?? "an unknown provider") ...") }
        case .waiting(let wait): begin(wait)
        case .observation(let observation): end(observation)
        case .registering(let progress): update(Self.words(progress))
        default: break
        }
    }

    private func begin(_ wait: RunWait) {
        guard let endpoint = wait.endpoint else { return }
        let side = endpoint.service.rawValue.uppercased()
        switch wait.stage {
        case .connect: update("Checking \(side) at \(endpoint) ...")
        case .auth where form == .line: update("\(side) login at \(endpoint.host) ...")
        default: break
        }
    }

    /// How the login of a side ended, where each stage has a line of its own.
    private func end(_ observation: Observation) {
        guard form == .lines, let side = observation.service, observation.id == .auth(side) else { return }
        let words = observation.outcome == .observed ? "the login works" : "no login"
        update("\(side.rawValue.uppercased()) is through: \(words) ...")
    }

    private static func words(_ progress: RegistrationProgress) -> String {
        switch progress {
        case .sending(1): "Registering; the attempt stands in the journal ..."
        case .sending(let attempt): "Registering once more (\(attempt)) ..."
        case .waiting(let seconds, let reason): "Waiting \(seconds) seconds: \(reason) ..."
        case .answered(let status): "The answer is in the journal: \(status.rawValue.replacing("_", with: " "))."
        }
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
