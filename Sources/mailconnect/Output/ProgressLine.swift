import Foundation
import MailConnect
import MailModel

/// Says on standard error what is being waited for.
struct ProgressLine: Sendable {
    /// How it is said.
    enum Form: Sendable {
        /// Not at all.
        case none
        /// One line that is written over, for a person who watches.
        case line
        /// A line for each stage, which stays.
        case lines
    }

    let form: Form

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
    func follow(_ event: DoctorProgress) {
        switch event {
        case .detected(let provider, _): update("Found: \(provider.name ?? "an unknown provider") ...")
        case .checking(let endpoint): update("Checking \(endpoint.service.rawValue.uppercased()) at \(endpoint) ...")
        case .checked(let observations):
            guard let side = observations.first?.service else { return }
            update("\(side.rawValue.uppercased()) is through\(end(side, observations)) ...")
        }
    }

    /// How the login of a side ended, where each stage has a line of its own.
    private func end(_ side: MailService, _ observations: [Observation]) -> String {
        guard case .lines = form else { return "" }
        let passed = observations.contains { $0.id == .of(side, "auth") && $0.outcome == .observed }
        return passed ? ": the login works" : ": no login"
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
