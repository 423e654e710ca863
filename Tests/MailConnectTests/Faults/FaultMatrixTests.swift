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

    @Test("names and connections") func dns() async throws { try await run(FaultTables.dns) }

    @Test("greetings") func greetings() async throws {
        try await run(FaultTables.greetings + FaultTables.refusedGreetings)
    }

    @Test("capabilities") func capabilities() async throws { try await run(FaultTables.capabilities) }

    @Test("STARTTLS and TLS") func tls() async throws {
        try await run(FaultTables.startTLS + FaultTables.certificates + FaultTables.wrongModes)
    }

    @Test("logins") func logins() async throws {
        try await run(FaultTables.mechanisms + FaultTables.smtpLogins + FaultTables.imapLogins)
    }

    @Test("mailboxes") func mailboxes() async throws { try await run(FaultTables.mailboxes) }

    private func run(_ cells: [FaultCell]) async throws {
        try await FaultGate.shared.each(cells) { try await FaultRunner(cell: $0).run() }
    }
}
