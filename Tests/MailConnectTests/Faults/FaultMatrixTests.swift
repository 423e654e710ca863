import MailModel
import Testing

/// The matrix of faults: in every cell the right cause, on the right side, at the right stage, with the right exit status.
@Suite("The matrix of faults")
struct FaultMatrixTests {
    static let all =
        FaultTables.dns + FaultTables.greetings + FaultTables.refusedGreetings + FaultTables.capabilities
        + FaultTables.startTLS + FaultTables.certificates + FaultTables.wrongModes + FaultTables.mechanisms
        + FaultTables.smtpLogins + FaultTables.imapLogins + FaultTables.mailboxes

    @Test func theMatrixIsLarge() { #expect(Self.all.count >= 220) }

    @Test("names and connections", arguments: FaultTables.dns) func dns(_ cell: FaultCell) async throws {
        try await FaultRunner(cell: cell).run()
    }

    @Test("greetings", arguments: FaultTables.greetings + FaultTables.refusedGreetings)
    func greetings(_ cell: FaultCell) async throws { try await FaultRunner(cell: cell).run() }

    @Test("capabilities", arguments: FaultTables.capabilities)
    func capabilities(_ cell: FaultCell) async throws { try await FaultRunner(cell: cell).run() }

    @Test("STARTTLS and TLS", arguments: FaultTables.startTLS + FaultTables.certificates + FaultTables.wrongModes)
    func tls(_ cell: FaultCell) async throws { try await FaultRunner(cell: cell).run() }

    @Test("logins", arguments: FaultTables.mechanisms + FaultTables.smtpLogins + FaultTables.imapLogins)
    func logins(_ cell: FaultCell) async throws { try await FaultRunner(cell: cell).run() }

    @Test("mailboxes", arguments: FaultTables.mailboxes) func mailboxes(_ cell: FaultCell) async throws {
        try await FaultRunner(cell: cell).run()
    }
}
