import COpenSSL

/// Calls into OpenSSL with an empty error queue, and turns a failure into an error that holds the whole queue.
///
/// The queue belongs to the thread, so nothing here suspends between a call and the reading of its errors.
enum OpenSSLCall {
    /// Makes a call that returns a new object.
    static func object<Pointer>(_ step: String, _ call: () -> Pointer?) throws(CertificateError) -> Pointer {
        ERR_clear_error()
        guard let pointer = call() else { throw failure(step) }
        return pointer
    }

    /// Makes a call that returns a positive number when it worked.
    static func check(_ step: String, _ call: () -> Int32) throws(CertificateError) {
        ERR_clear_error()
        guard call() > 0 else { throw failure(step) }
    }

    private static func failure(_ step: String) -> CertificateError {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            reasons.append(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return CertificateError(step: step, reasons: reasons)
    }
}
