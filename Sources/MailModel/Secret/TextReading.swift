/// A text in one of the ways in which it can be read: its octets, and for each the place in the text that was given.
struct TextReading: Sendable {
    /// The octets.
    private(set) var octets: [UInt8]
    /// Where each octet begins and ends in the text that was given; empty while nothing was changed.
    private var starts: [Int32] = []
    private var ends: [Int32] = []

    /// Takes a text as it is.
    ///
    /// - Parameter octets: At most 2 GiB.
    init(_ octets: [UInt8]) { self.octets = octets }

    private init(capacity: Int) {
        octets = []
        octets.reserveCapacity(capacity)
        starts.reserveCapacity(capacity)
        ends.reserveCapacity(capacity)
    }

    /// The part of the text that was given which some octets stand for.
    ///
    /// - Parameter range: Octets of this reading, at least one.
    /// - Returns: The part.
    func source(_ range: Range<Int>) -> Range<Int> {
        starts.isEmpty ? range : Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }

    /// Adds an octet that stands for a part of another reading.
    private mutating func append(_ octet: UInt8, for range: Range<Int>, of other: TextReading) {
        let source = other.source(range)
        octets.append(octet)
        starts.append(Int32(truncatingIfNeeded: source.lowerBound))
        ends.append(Int32(truncatingIfNeeded: source.upperBound))
    }

    /// The text with each escape of a kind undone once; nil when there is none.
    func unescaped(_ kind: EscapeReader.Kind) -> TextReading? {
        let first = octets.indices.first { EscapeReader.read(octets, at: $0, kind) != nil }
        guard var place = first else { return nil }
        var result = TextReading(capacity: octets.count)
        for earlier in 0..<place { result.append(octets[earlier], for: earlier..<(earlier + 1), of: self) }
        while place < octets.count {
            guard let escape = EscapeReader.read(octets, at: place, kind) else {
                result.append(octets[place], for: place..<(place + 1), of: self)
                place += 1
                continue
            }
            let range = place..<(place + escape.length)
            for octet in escape.octets { result.append(octet, for: range, of: self) }
            place = range.upperBound
        }
        return result
    }

    /// The text without its line ends.
    var unfolded: TextReading {
        var result = TextReading(capacity: octets.count)
        for place in octets.indices where octets[place] != 0x0A {
            result.append(octets[place], for: place..<(place + 1), of: self)
        }
        return result
    }

    /// The octets, their case folded.
    var folded: [UInt8] { octets.map { OctetKind.folds[Int($0)] } }

    /// The octets without those that people and programs put between the parts of what they quote, their case folded, and
    /// where each of them stands in this reading.
    var squeezed: (octets: [UInt8], places: [Int32]) {
        var places: [Int32] = []
        let result = [UInt8](unsafeUninitializedCapacity: octets.count) { buffer, length in
            places = [Int32](unsafeUninitializedCapacity: octets.count) { places, count in
                for place in octets.indices where !OctetKind.separators[Int(octets[place])] {
                    buffer[count] = OctetKind.folds[Int(octets[place])]
                    places[count] = Int32(truncatingIfNeeded: place)
                    count += 1
                }
                length = count
            }
        }
        return (result, places)
    }
}

/// What kind of character an octet is.
enum OctetKind {
    /// What each octet is folded to.
    static let folds: [UInt8] = (0...255).map(folded)
    /// Whether each is a separator.
    static let separators: [Bool] = (0...255).map(isSeparator)
    /// Whether each is a hexadecimal digit.
    static let hexDigits: [Bool] = (0...255).map { hexValue($0) != nil }

    /// The small letter of a capital one of ASCII; of the two alphabets of base64 (RFC 4648) the first.
    static func folded(_ octet: UInt8) -> UInt8 {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): octet + 0x20
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: octet
        }
    }

    /// Blanks, line ends, NUL (half of each letter of ASCII in UTF-16), the dash, and the plus that forms write for a blank.
    static func isSeparator(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x20, 0x0A, 0x0D, 0x09, 0x00, UInt8(ascii: "-"), UInt8(ascii: "+"): true
        default: false
        }
    }

    /// Letters of ASCII, and all octets beyond it.
    static func isLetter(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20) || octet >= 0x80
    }

    /// The number that a hexadecimal digit stands for.
    static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
