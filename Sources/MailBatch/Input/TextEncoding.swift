/// Makes UTF-8 of what a spreadsheet wrote: a byte order mark goes, and UTF-16 is read as such where its mark says so.
struct TextEncoding {
    private enum Form {
        case unknown
        case utf8
        case utf16(isBig: Bool)
    }

    private var form = Form.unknown
    private var kept: [UInt8] = []
    private var decoder = UTF16Units()

    /// Takes octets and gives UTF-8, as far as whole characters have come.
    mutating func feed(_ octets: [UInt8]) -> [UInt8] {
        guard case .unknown = form else { return converted(octets) }
        kept += octets
        guard kept.count >= 3 else { return [] }
        return begin()
    }

    /// The file is over.
    mutating func finish() -> [UInt8] {
        guard case .unknown = form else { return decoder.finish() }
        return begin() + decoder.finish()
    }

    private mutating func begin() -> [UInt8] {
        let start = kept
        kept = []
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            form = .utf8
            return Array(start.dropFirst(3))
        }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            form = .utf16(isBig: start[0] == 0xFE)
            return converted(Array(start.dropFirst(2)))
        }
        form = .utf8
        return start
    }

    private mutating func converted(_ octets: [UInt8]) -> [UInt8] {
        guard case .utf16(let isBig) = form else { return octets }
        return decoder.feed(octets, isBig: isBig)
    }
}

/// UTF-16 octets as UTF-8. What is no character becomes U+FFFD.
private struct UTF16Units {
    private var half: UInt8?
    private var high: UInt16?

    mutating func feed(_ octets: [UInt8], isBig: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        for octet in octets {
            guard let first = half else {
                half = octet
                continue
            }
            half = nil
            take(isBig ? UInt16(first) << 8 | UInt16(octet) : UInt16(octet) << 8 | UInt16(first), &result)
        }
        return result
    }

    mutating func finish() -> [UInt8] {
        defer { (half, high) = (nil, nil) }
        return half == nil && high == nil ? [] : Array("\u{FFFD}".utf8)
    }

    private mutating func take(_ unit: UInt16, _ result: inout [UInt8]) {
        if let waiting = high {
            high = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + (UInt32(waiting & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                append(Unicode.Scalar(value), &result)
                return
            }
            append(nil, &result)
        }
        if UTF16.isLeadSurrogate(unit) {
            high = unit
        } else {
            append(Unicode.Scalar(unit), &result)
        }
    }

    private func append(_ scalar: Unicode.Scalar?, _ result: inout [UInt8]) {
        result += Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    }
}
