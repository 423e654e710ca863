import COpenSSL

/// A buffer in memory that OpenSSL reads and writes: the one owner of a `BIO`.
final class MemoryBIO {
    let pointer: OpaquePointer

    init() throws(CertificateError) {
        pointer = try OpenSSLCall.object("make buffer") { BIO_new(BIO_s_mem()) }
    }

    convenience init(text: String) throws(CertificateError) {
        try self.init()
        let octets = Array(text.utf8)
        try OpenSSLCall.check("fill buffer") { BIO_write(pointer, octets, Int32(clamping: octets.count)) }
    }

    deinit { BIO_free(pointer) }

    /// What was written so far.
    var text: String {
        var start: UnsafeMutablePointer<CChar>?
        let count = mc_BIO_memory(pointer, &start)
        guard let start, count > 0 else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
