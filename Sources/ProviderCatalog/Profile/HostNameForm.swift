import MailModel

/// The form that names have in the catalogue.
enum HostNameForm {
    /// Whether a text is a name of two labels or more just as `DomainName` writes it: lower case, in A-labels, without
    /// a dot at the end.
    ///
    /// `DomainName` also mends what people type. The catalogue has more than a thousand names and must not be mended,
    /// so they are only looked at here.
    ///
    /// - Parameter text: The text.
    /// - Returns: True exactly where `DomainName` would take the text and leave it as it is.
    static func isCanonical(_ text: some StringProtocol) -> Bool {
        var labels = 0
        var length = 0
        var last = UInt8(ascii: ".")
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                guard (1...63).contains(length), last != UInt8(ascii: "-") else { return false }
                labels += 1
                length = 0
            } else {
                guard isAllowed(byte), length > 0 || byte != UInt8(ascii: "-") else { return false }
                length += 1
            }
            last = byte
        }
        return labels > 0 && (1...63).contains(length) && last != UInt8(ascii: "-") && text.utf8.count <= 253
            && !DomainName.endsInNumber(text)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
