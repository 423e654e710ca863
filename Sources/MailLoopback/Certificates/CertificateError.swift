/// Why a certificate could not be made.
public struct CertificateError: Error, Hashable, Sendable {
    /// What was being done, in two or three words.
    public let step: String
    /// OpenSSL's error queue at that moment, oldest entry first. Empty when the request itself was wrong.
    public let reasons: [String]

    init(step: String, reasons: [String] = []) {
        self.step = step
        self.reasons = reasons
    }
}
