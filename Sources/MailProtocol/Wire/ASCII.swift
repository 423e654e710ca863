/// The octets that the grammars of SMTP and IMAP are written in.
enum ASCII {
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let lineEnd: [UInt8] = [carriageReturn, lineFeed]

    /// The number that a digit stands for.
    ///
    /// - Parameter octet: Any octet.
    /// - Returns: 0...9, nil when it is no digit.
    static func digit(_ octet: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) ? Int(octet - UInt8(ascii: "0")) : nil
    }

    /// A whole number in decimal digits.
    ///
    /// - Parameter octets: Digits only.
    /// - Returns: The number, nil for anything else and above what 32 bits hold (`number` of RFC 9051, section 9).
    static func number(_ octets: some Collection<UInt8>) -> Int? {
        guard (1...10).contains(octets.count) else { return nil }
        var result = 0
        for octet in octets {
            guard let digit = digit(octet) else { return nil }
            result = result * 10 + digit
        }
        return result <= Int(UInt32.max) ? result : nil
    }

    /// A keyword in upper case, so that two spellings of it are one.
    ///
    /// - Parameter octets: The keyword as sent.
    /// - Returns: The text, its letters a-z in upper case and nothing else changed.
    static func keyword(_ octets: some Collection<UInt8>) -> String {
        let upper = octets.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 0x20 : $0 }
        return String(decoding: upper, as: UTF8.self)
    }

    /// The octets without blanks at both ends.
    ///
    /// - Parameter octets: Any octets.
    /// - Returns: What is left when spaces and tabs are taken off.
    static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> [UInt8] {
        let isBlank = { (octet: UInt8) in octet == space || octet == 0x09 }
        return Array(octets.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
