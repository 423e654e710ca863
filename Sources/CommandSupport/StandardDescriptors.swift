internal import Glibc

/// Standard input, output and error, where a program was started without one of them.
package enum StandardDescriptors {
    /// Puts something in the place of each that is closed: the next file or socket that is opened would get its number, and what
    /// is printed would go there. What is printed to a closed standard output fails, as it should.
    package static func fill() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
