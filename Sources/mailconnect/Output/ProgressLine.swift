import Foundation
import MailConnect
import MailModel

/// One line on standard error that says what is being waited for, when a person watches.
struct ProgressLine: Sendable {
    let shown: Bool

    /// Says what is going on.
    func update(_ text: String) {
        guard shown else { return }
        try? FileHandle.standardError.write(
            contentsOf: Data("\r\u{1B}[K\(ServerText(String(text.prefix(76))).escaped)".utf8))
    }

    /// Takes the line away.
    func clear() {
        guard shown else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }

    /// Follows a run.
    func follow(_ event: DoctorProgress) {
        switch event {
        case .detected(let provider, _): update("Found: \(provider.name ?? "an unknown provider") ...")
        case .checking(let endpoint): update("Checking \(endpoint.service.rawValue.uppercased()) at \(endpoint) ...")
        case .checked(let observations):
            if let side = observations.first?.service { update("\(side.rawValue.uppercased()) is through ...") }
        }
    }
}
