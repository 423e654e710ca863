internal import CProcess
internal import FoundationEssentials
import Glibc

/// Keeps what a process knows inside it. A program that handles passwords calls `protect` first of all.
public enum ProcessPrivacy {
    /// The variable that, set to `allow`, leaves core dumps and debuggers possible: for work on the program itself.
    public static let debuggingVariable = "MAILCONNECT_CORE_DUMPS"

    /// Forbids core dumps (`RLIMIT_CORE` 0, which programs started later inherit) and reading the memory from outside
    /// (`PR_SET_DUMPABLE` 0, prctl(2)), and forgets the variable by which TLS libraries write their keys to a file.
    ///
    /// - Parameter environment: The variables to look for `debuggingVariable` in; nil for those of the process.
    /// - Returns: Whether dumps are forbidden now.
    @discardableResult
    public static func protect(_ environment: [String: String]? = nil) -> Bool {
        // libcurl opens this file by itself; whoever reads it can read the passwords on the wire.
        unsetenv("SSLKEYLOGFILE")
        let environment = environment ?? ProcessInfo.processInfo.environment
        guard environment[debuggingVariable] != "allow" else { return false }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        let isLimited = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
        return mc_forbid_dumps() == 0 && isLimited
    }

    /// Whether a core could be written, or the memory read by other processes of the same user.
    public static var allowsDumps: Bool {
        var limits = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limits) == 0 else { return true }
        return limits.rlim_cur != 0 || mc_allows_dumps() != 0
    }
}

/// A file in memory, for octets that some library wants to read from a path, more than once. It has no name in any folder.
public final class MemoryFile: Sendable {
    private let descriptor: Int32
    /// Where this process can open it, as often as it likes.
    public let path: String

    /// Makes one; nil when the system has no memory or no descriptor left.
    ///
    /// - Parameter octets: What it holds.
    public init?(_ octets: [UInt8]) {
        descriptor = mc_memory_file("mailconnect")
        path = "/proc/self/fd/\(descriptor)"
        guard descriptor >= 0 else { return nil }
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return nil }
            written += count
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
