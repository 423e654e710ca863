/// A client machine of the little internet: a network namespace with one wire to the servers.
public struct LabClient: Sendable {
    /// A process that holds the client's namespaces open.
    let process: Int32
    /// The environment that every program gets.
    let environment: [String: String]

    /// Runs a program on the client, as root.
    ///
    /// - Parameters:
    ///   - program: The name of the program or its path.
    ///   - arguments: Its arguments.
    ///   - environment: Added to the lab's own variables, and stronger than they are.
    ///   - standardInput: What it reads.
    ///   - seconds: The longest that it may run.
    /// - Returns: How it ended and what it wrote.
    /// - Throws: `LabError` if it does not end in time. A program that does not exist is status 127.
    public func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], standardInput: String = "",
        seconds: Int = 60
    ) async throws -> LabResult {
        let entered = LabProgram(
            name: "nsenter",
            arguments: ["--target", "\(process)", "--net", "--mount", "--root", "--", program] + arguments,
            environment: self.environment.merging(environment) { _, stronger in stronger },
            standardInput: standardInput, seconds: seconds)
        let (status, output, error) = try await entered.run()
        return LabResult(
            status: status, standardOutput: String(decoding: output, as: UTF8.self),
            standardError: String(decoding: error, as: UTF8.self))
    }
}
