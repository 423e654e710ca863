import MailConnect
import MailModel

/// What the checking commands have in common.
enum DoctorRun {
    /// Turns the reasons why a run cannot begin into exit statuses.
    static func guarded(_ body: () async throws -> Diagnosis) async throws -> Diagnosis {
        do {
            return try await body()
        } catch let error as DoctorError {
            switch error {
            case .unknownProvider:
                throw CommandFailure(.usage, .unknownProvider, "\(error); see: mailconnect providers list")
            case .trust: throw CommandFailure(.badInput, .badTrust, "\(error)", field: "ca_file")
            }
        }
    }
}
