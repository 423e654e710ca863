#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads one file of the catalogue.
///
/// One system call says both what the file is and how large: Foundation's way of asking also looks up the names of its
/// owner and group, which takes longer than to read and to parse it.
enum CatalogFile {
    /// Reads a file.
    ///
    /// Only regular files are read, and a pipe is not waited for.
    ///
    /// - Parameters:
    ///   - file: The file, below the folder.
    ///   - directory: The folder.
    ///   - limit: The octets that a file may have.
    /// - Returns: What is in it.
    /// - Throws: `CatalogError` when it cannot be read or is too large.
    static func read(_ file: String, in directory: String, limit: Int) throws(CatalogError) -> [UInt8] {
        let descriptor = open(directory + "/" + file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(file) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw unreadable(file) }
        guard status.st_size <= limit else { throw tooLarge(file, limit) }
        guard let octets = octets(of: descriptor, atMost: limit + 1) else { throw unreadable(file) }
        guard octets.count <= limit else { throw tooLarge(file, limit) }
        return octets
    }

    /// Whether a name stands somewhere in a file.
    ///
    /// - Parameters:
    ///   - name: The name, at least one octet.
    ///   - octets: The file's octets.
    /// - Returns: True when it does.
    static func contains(_ name: [UInt8], in octets: [UInt8]) -> Bool {
        guard let first = name.first, name.count <= octets.count else { return false }
        return octets.withUnsafeBytes { text in
            name.withUnsafeBytes { name in
                guard let base = text.baseAddress, let wanted = name.baseAddress else { return false }
                let last = text.count - name.count
                var place = 0
                while place <= last, let found = memchr(base + place, Int32(first), last - place + 1) {
                    place = UnsafeRawPointer(found) - base
                    if memcmp(base + place, wanted, name.count) == 0 { return true }
                    place += 1
                }
                return false
            }
        }
    }

    /// The octets of an open file; nil when reading fails. The size that was asked for may have changed since.
    private static func octets(of descriptor: Int32, atMost limit: Int) -> [UInt8]? {
        var octets: [UInt8] = []
        while octets.count < limit {
            let wanted = min(limit - octets.count, 65_536)
            var failed = false
            let part = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let got = Self.read(descriptor, buffer)
                failed = got < 0
                count = max(0, got)
            }
            if failed { return nil }
            if part.isEmpty { break }
            octets = octets.isEmpty ? part : octets + part
        }
        return octets
    }

    /// One call of `read`, and another one when a signal came between.
    private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        while true {
            #if canImport(Glibc)
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            let got = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let got = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if got >= 0 || errno != EINTR { return got }
        }
    }

    private static func unreadable(_ file: String) -> CatalogError {
        CatalogError(.unreadable, file: file, reason: "it cannot be read")
    }

    private static func tooLarge(_ file: String, _ limit: Int) -> CatalogError {
        CatalogError(.tooLarge, file: file, reason: "it has more than \(limit) octets")
    }
}
