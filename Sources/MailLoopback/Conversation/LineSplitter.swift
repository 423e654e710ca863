/// Cuts a stream of octets into lines that end in LF, with or without a CR before it.
struct LineSplitter {
    private let limit: Int
    private var partial: [UInt8] = []
    private(set) var isOverlong = false

    init(limit: Int) { self.limit = limit }

    /// Takes octets and returns the lines that they complete.
    mutating func feed(_ octets: some Sequence<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for octet in octets where !isOverlong {
            if octet == UInt8(ascii: "\n") {
                if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
                lines.append(partial)
                partial.removeAll(keepingCapacity: true)
            } else {
                partial.append(octet)
                isOverlong = partial.count >= limit
            }
        }
        return lines
    }

    /// Forgets an unfinished line and returns how many octets it had.
    mutating func discard() -> Int {
        defer { partial = [] }
        return partial.count
    }
}
