import MailModel

extension DNSZoneRecord {
    /// Reads one line as in a zone file, without class and time to live: `example.test MX 10 mx.example.test`.
    ///
    /// The root is `.`; a TXT text goes to the end of the line, without quotes. nil for a line that cannot be read.
    ///
    /// - Parameter line: The line.
    public init?(line: String) {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, let type = DNSRecordType(rawValue: words[1].uppercased()) else { return nil }
        let values = words[2].split(separator: " ").map(String.init)
        let numbers = values.dropLast().compactMap { UInt16($0) }.map(Int.init)
        let target = DNSZone.canonical(values.last ?? "")
        switch type {
        case .a, .aaaa: self.init(words[0], .address(words[2]))
        case .txt: self.init(words[0], .txt(words[2]))
        case .cname: self.init(words[0], .cname(target))
        case .mx:
            guard numbers.count == 1, values.count == 2 else { return nil }
            self.init(words[0], .mx(preference: numbers[0], exchange: target))
        case .srv:
            guard numbers.count == 3, values.count == 4 else { return nil }
            self.init(words[0], .srv(priority: numbers[0], weight: numbers[1], port: numbers[2], target: target))
        }
    }
}
