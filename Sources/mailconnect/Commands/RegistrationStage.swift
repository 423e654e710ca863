import MailModel
import MailRegistration

/// What a registration is doing, in words for the person who waits.
enum RegistrationStage {
    static func words(_ event: RegistrationProgress) -> String {
        switch event {
        case .sending(1): "Registering; the attempt stands in the journal ..."
        case .sending(let attempt): "Registering once more (\(attempt)) ..."
        case .waiting(let seconds, let reason): "Waiting \(seconds) seconds: \(reason) ..."
        case .answered(let status): "The answer is in the journal: \(status.rawValue.replacing("_", with: " "))."
        }
    }
}
