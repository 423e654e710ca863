/// Undoes one escape: of URLs, HTML, JSON and programming languages, and quoted-printable.
///
/// It reads what any of them may have written, since nobody says which of them it was: `%41`, `&amp;`, `&#x41;`, `\u0041`,
/// `\x41`, `\"`. What comes out is only searched. `=41` is read by itself: in `key=abc` it is none.
enum EscapeReader {
    /// Which escapes are read.
    enum Kind: CaseIterable, Sendable {
        /// Those that begin with `%`, `&` and `\`.
        case signs
        /// Those that begin with `=` (RFC 2045, section 6.7).
        case quotedPrintable
    }

    /// What an escape stands for.
    struct Escape {
        /// The octets that it stands for; none for a line break that is no part of the text.
        var octets: [UInt8]
        /// How many octets it has itself.
        var length: Int
    }

    /// Whether an octet can begin an escape.
    ///
    /// - Parameters:
    ///   - octet: Any octet.
    ///   - kind: Which escapes are read.
    /// - Returns: True for the signs of that kind.
    static func begins(with octet: UInt8, _ kind: Kind) -> Bool {
        switch octet {
        case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "\\"): kind == .signs
        case UInt8(ascii: "="): kind == .quotedPrintable
        default: false
        }
    }

    /// Reads the escape at a place.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - place: A place in it.
    ///   - kind: Which escapes are read.
    /// - Returns: The escape, nil when there is none.
    static func read(_ text: [UInt8], at place: Int, _ kind: Kind) -> Escape? {
        guard begins(with: text[place], kind) else { return nil }
        return switch text[place] {
        case UInt8(ascii: "%"): pair(text, place + 1).map { Escape(octets: [$0], length: 3) }
        case UInt8(ascii: "="): quotedPrintable(text, place)
        case UInt8(ascii: "&"): entity(text, place)
        case UInt8(ascii: "\\"): backslash(text, place)
        default: nil
        }
    }

    /// `=41`, and `=` at the end of a line that goes on in the next (RFC 2045, section 6.7).
    private static func quotedPrintable(_ text: [UInt8], _ place: Int) -> Escape? {
        if let octet = pair(text, place + 1) { return Escape(octets: [octet], length: 3) }
        guard let next = at(place + 1, text) else { return nil }
        if next == 0x0A { return Escape(octets: [], length: 2) }
        return next == 0x0D && at(place + 2, text) == 0x0A ? Escape(octets: [], length: 3) : nil
    }

    /// `&#65;`, `&#x41;`, `&amp;` (HTML, section 13.5).
    private static func entity(_ text: [UInt8], _ place: Int) -> Escape? {
        let limit = 12
        guard let end = ((place + 2)..<(place + limit)).first(where: { at($0, text) == UInt8(ascii: ";") }) else {
            return nil
        }
        let body = text[(place + 1)..<end]
        let length = end - place + 1
        guard body.first == UInt8(ascii: "#") else {
            let name = String(decoding: body, as: UTF8.self)
            return HTMLEntityNames.scalar(of: name).map { Escape(octets: utf8($0), length: length) }
        }
        let digits = body.dropFirst()
        let isHex = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        guard let value = number(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10) else { return nil }
        return Unicode.Scalar(value).map { Escape(octets: utf8($0), length: length) }
    }

    /// What JSON (RFC 8259, section 7), JavaScript, Python, Perl and a shell write; `\xNN` is also how a text is made safe
    /// to show here.
    private static func backslash(_ text: [UInt8], _ place: Int) -> Escape? {
        guard let next = at(place + 1, text) else { return nil }
        switch next {
        case UInt8(ascii: "n"): return Escape(octets: [0x0A], length: 2)
        case UInt8(ascii: "r"): return Escape(octets: [0x0D], length: 2)
        case UInt8(ascii: "t"): return Escape(octets: [0x09], length: 2)
        case UInt8(ascii: "b"): return Escape(octets: [0x08], length: 2)
        case UInt8(ascii: "f"): return Escape(octets: [0x0C], length: 2)
        case UInt8(ascii: "x"):
            if let octet = pair(text, place + 2) { return Escape(octets: [octet], length: 4) }
            return braced(text, place)
        case UInt8(ascii: "u"): return utf16(text, place) ?? braced(text, place)
        // `\"`, `\'`, `\/`, `\\`, and whatever else a shell or a quoted string of IMAP has behind one.
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return Escape(octets: [next], length: 2)
        default: return nil
        }
    }

    /// `\u0041`; two of them for what UTF-16 writes as two.
    private static func utf16(_ text: [UInt8], _ place: Int) -> Escape? {
        guard let first = unit(text, place) else { return nil }
        if let scalar = Unicode.Scalar(UInt32(first)) { return Escape(octets: utf8(scalar), length: 6) }
        guard UTF16.isLeadSurrogate(first), let second = unit(text, place + 6), UTF16.isTrailSurrogate(second) else {
            return nil
        }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(value).map { Escape(octets: utf8($0), length: 12) }
    }

    private static func unit(_ text: [UInt8], _ place: Int) -> UInt16? {
        guard at(place, text) == UInt8(ascii: "\\"), at(place + 1, text) == UInt8(ascii: "u"),
            let high = pair(text, place + 2), let low = pair(text, place + 4)
        else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    /// `\u{41}`, `\x{41}`.
    private static func braced(_ text: [UInt8], _ place: Int) -> Escape? {
        guard at(place + 2, text) == UInt8(ascii: "{"),
            let end = ((place + 4)..<(place + 10)).first(where: { at($0, text) == UInt8(ascii: "}") }),
            let value = number(text[(place + 3)..<end], radix: 16)
        else { return nil }
        return Unicode.Scalar(value).map { Escape(octets: utf8($0), length: end - place + 1) }
    }

    /// Two hexadecimal digits.
    private static func pair(_ text: [UInt8], _ place: Int) -> UInt8? {
        guard let high = at(place, text).flatMap(OctetKind.hexValue),
            let low = at(place + 1, text).flatMap(OctetKind.hexValue)
        else { return nil }
        return high << 4 | low
    }

    /// Digits of a number that a character can have.
    private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
        guard (1...7).contains(digits.count) else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            guard let part = OctetKind.hexValue(digit), UInt32(part) < radix else { return nil }
            value = value * radix + UInt32(part)
        }
        return value
    }

    private static func utf8(_ scalar: Unicode.Scalar) -> [UInt8] { Array(String(Character(scalar)).utf8) }

    private static func at(_ place: Int, _ text: [UInt8]) -> UInt8? { place < text.count ? text[place] : nil }
}
