/// The form of an enhanced status code: `class.subject.detail` (RFC 3463, section 2).
enum EnhancedCode {
    /// How many characters at the start of a text are an enhanced status code.
    ///
    /// - Parameter text: A text such as `5.7.8 Error`.
    /// - Returns: The length, 0 when there is none.
    static func length(in text: Substring) -> Int {
        let word = text.prefix { $0 != " " }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2", "4", "5"].contains(parts[0]) else { return 0 }
        let numbers = parts.dropFirst().allSatisfy { (1...3).contains($0.utf8.count) && $0.allSatisfy(\.isASCIIDigit) }
        return numbers ? word.utf8.count : 0
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
