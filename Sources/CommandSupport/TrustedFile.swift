internal import Glibc
internal import MailModel
internal import MailNetwork

/// The file of trusted certificates that a user names. It is read more than once, by two libraries that wait for a pipe as
/// long as it takes: so what comes from a pipe is read here, in time, and kept in memory.
package struct TrustedFile: Sendable {
    /// The most octets that a pipe may hold; the roots of a system are about 200 kB.
    private static let limit = 16_777_216

    /// Where the certificates can be read.
    package let path: String
    private let memory: MemoryFile?

    /// Takes a file.
    ///
    /// - Parameters:
    ///   - path: The file as it was named.
    ///   - seconds: How long a pipe may take.
    /// - Throws: `CommandFailure` when it is not there, or cannot be read.
    package init(_ path: String, within seconds: Double) throws(CommandFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandFailure(
                .noInputFile, .noSuchFile, "no such file of trusted certificates: \(ServerText(path))",
                field: "ca_file")
        }
        guard status.st_mode & S_IFMT != S_IFREG, status.st_mode & S_IFMT != S_IFDIR else {
            self.path = path
            memory = nil
            return
        }
        let octets = try BoundedInput(limit: Self.limit, seconds: seconds).data(of: path, .badTrust, "ca_file")
        guard let memory = MemoryFile(octets) else {
            throw CommandFailure(
                .badInput, .badTrust, "there is no memory for the trusted certificates", field: "ca_file")
        }
        self.memory = memory
        self.path = memory.path
    }
}
