internal import Glibc

/// What is said beside the result. Nobody is told where nobody can hear it.
package enum StandardError {
    /// Writes a text as it is.
    package static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else {
                guard count < 0, errno == EINTR else { return }
                continue
            }
            rest = rest.dropFirst(count)
        }
    }
}
