/// Collects a response as it comes, within limits.
struct HTTPResponseReader {
    /// How many octets of header fields are read.
    static let maximumHeaderLength = 65_536
    /// How many header fields are read.
    static let maximumHeaderCount = 200

    private let maximumBodyLength: Int
    private var headerLength = 0
    /// The fields of the last header section, names in lower case.
    private(set) var headers: [(name: String, value: String)] = []
    /// The body so far.
    private(set) var body: [UInt8] = []
    /// Which limit was reached.
    private(set) var excess: String?

    /// Begins to read.
    ///
    /// - Parameter maximumBodyLength: How many octets of the body are read.
    init(maximumBodyLength: Int) { self.maximumBodyLength = maximumBodyLength }

    /// Takes a line of a header section, with its line end.
    ///
    /// - Parameter line: The line. A status line begins a new section: an interim response (RFC 9110, section 15.2) is
    ///   forgotten.
    /// - Returns: False when there is too much.
    mutating func take(headerLine line: some Collection<UInt8>) -> Bool {
        headerLength += line.count
        guard headerLength <= Self.maximumHeaderLength, headers.count < Self.maximumHeaderCount else {
            excess = "its header is longer than \(Self.maximumHeaderLength) octets or \(Self.maximumHeaderCount) fields"
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers = []
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimming { $0.isWhitespace }
            headers.append((text[..<colon].lowercased(), String(value)))
        }
        return true
    }

    /// Takes a piece of the body.
    ///
    /// - Parameter octets: The piece.
    /// - Returns: False when there is too much.
    mutating func take(body octets: some Collection<UInt8>) -> Bool {
        guard octets.count <= maximumBodyLength - body.count else {
            excess = "it is longer than \(maximumBodyLength) octets"
            return false
        }
        body += octets
        return true
    }
}

extension Substring {
    /// Without the characters at both ends that match.
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        var rest = drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
