public import Foundation

/// A little internet of real servers in network namespaces: knot, Postfix, Dovecot and nginx.
///
/// The first test that asks starts it; it ends with the test process. What is where, and who fails in which way, stands
/// in `fixtures/lab/README.md` and is proved by `LabTests`.
///
/// ```swift
/// @Test(.lab) func worksAtGoogle() async throws {
///     let lab = try await Lab.shared()
///     let user = lab.users.ready(at: "customer.test")
///     let run = try await lab.run(["doctor", user.address], environment: ["MAILCONNECT_PASSWORD": user.password])
///     #expect(run.status == 0)
/// }
/// ```
public actor Lab {
    /// The resolver that knows the little internet's names. It is in `MAILCONNECT_RESOLVER` already.
    public nonisolated let resolver = "198.18.0.1"
    /// Who has a mailbox.
    public nonisolated let users = LabUsers()

    private nonisolated let folder: LabFolder
    private let keeper: LabKeeper
    private var clients: [Int: Task<LabClient, any Error>] = [:]

    private static let starting = Task { try await Lab() }

    /// The lab of this process, started if it was not yet.
    ///
    /// - Returns: The lab, with every server ready.
    /// - Throws: `LabError` with the reason if it cannot run here or a server does not come up.
    public static func shared() async throws -> Lab { try await starting.value }

    private init() async throws {
        if let reason = Self.unavailableReason { throw LabError.unavailable(reason) }
        folder = try await LabFolder()
        keeper = try await LabKeeper(folder: folder)
        _ = try await Self.script("up.sh", [folder.path], keeper)
    }

    /// The authority to trust (PEM). It is in `SSL_CERT_FILE` already.
    public nonisolated var caFile: String { "\(folder.path)/certificates/ca.pem" }

    /// The built tool, which lies beside the test program.
    public nonisolated var tool: String {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "mailconnect").path
    }

    /// Runs `mailconnect` on a client.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Added to the lab's own variables, and stronger than they are.
    ///   - standardInput: What it reads.
    ///   - delay: How long a packet takes in one direction, in milliseconds.
    /// - Returns: How it ended and what it wrote.
    /// - Throws: `LabError` if it cannot start or does not end within a minute.
    public func run(
        _ arguments: [String], environment: [String: String] = [:], standardInput: String = "", delay: Int = 0
    ) async throws -> LabResult {
        try await client(delay: delay).run(tool, arguments, environment: environment, standardInput: standardInput)
    }

    /// A client with a wire of its own to the servers; there is one for each delay.
    ///
    /// - Parameter delay: How long a packet takes in one direction, in milliseconds.
    /// - Returns: The client.
    /// - Throws: `LabError` if the wire cannot be laid.
    public func client(delay: Int = 0) async throws -> LabClient {
        if let client = clients[delay] { return try await client.value }
        let number = 10 + clients.count
        let client = Task { try await self.addClient(number, delay) }
        clients[delay] = client
        return try await client.value
    }

    /// Makes an OAuth 2 access token for a user.
    ///
    /// - Parameters:
    ///   - user: Whose mailbox it opens.
    ///   - isExpired: Whether it ended an hour ago; otherwise it ends in an hour.
    /// - Returns: The token.
    /// - Throws: `LabError` when openssl does not sign it.
    public nonisolated func token(for user: LabUser, isExpired: Bool = false) async throws -> String {
        try await LabToken.make(for: user.address, lifetime: isExpired ? -3_600 : 3_600)
    }

    /// The bodies of all requests for a registration so far, in order, byte for byte, whatever their answer was.
    ///
    /// - Returns: The bodies. A request whose answer has arrived is among them.
    /// - Throws: A file error.
    public nonisolated func registrations() throws -> [Data] {
        let bodies = URL(filePath: folder.path).appending(path: "nginx/registrations")
        return try FileManager.default.contentsOfDirectory(atPath: bodies.path).sorted()
            .map { try Data(contentsOf: bodies.appending(path: $0)) }
    }

    private func addClient(_ number: Int, _ delay: Int) async throws -> LabClient {
        let said = try await Self.script("client.sh", [folder.path, "\(number)", "\(delay)"], keeper)
        guard let process = Int32(said.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw LabError.failed(program: "client.sh", status: 0, output: said)
        }
        let environment = [
            "HOME": "\(folder.path)/home", "LANG": "C.UTF-8", "MAILCONNECT_RESOLVER": resolver, "SSL_CERT_FILE": caFile,
        ]
        return LabClient(process: process, environment: environment)
    }

    private static func script(_ name: String, _ arguments: [String], _ keeper: LabKeeper) async throws -> String {
        let script = ["bash", "\(LabFolder.fixtures)/\(name)"] + arguments
        let output = try await LabProgram(name: "nsenter", arguments: keeper.entrance + script).succeed()
        return String(decoding: output, as: UTF8.self)
    }
}
