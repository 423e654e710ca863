/// Finds the texts that a program hands to a library as a password: `server.login("jane", "...")`.
///
/// Arguments that are no texts in quotation marks (variables, look-ups in the environment) are no secrets.
enum CallMask {
    /// Octets that a call's arguments may have: those of a call over several lines.
    private static let longest = 1_024
    private static let mostArguments = 12
    private static let mostOpen = 8

    /// Where they are.
    static func ranges(in text: MaskText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var place = 0
        let octets = text.octets
        while place < octets.count {
            let next = place + 1
            defer { place = max(next, place) }
            if octets[place] == UInt8(ascii: "("), let name = name(before: place, in: octets),
                let argument = CallWords.argument(of: name)
            {
                let arguments = arguments(text, from: place + 1, before: min(octets.count, place + longest))
                if let range = chosen(argument, of: arguments, octets) { result.append(range) }
            }
        }
        for line in text.lines { result += bareCalls(text, line) }
        return result
    }

    /// `imap.login 'jane', '...'`, as Ruby and Perl allow.
    private static func bareCalls(_ text: MaskText, _ line: Range<Int>) -> [Range<Int>] {
        let octets = text.octets
        var result: [Range<Int>] = []
        var place = line.lowerBound
        while place + 2 < line.upperBound {
            defer { place += 1 }
            guard octets[place].isBlank, octets[place + 1].isQuote, place > line.lowerBound,
                octets[place - 1].isAlphanumeric, let name = name(before: place, in: octets),
                let argument = CallWords.argument(of: name)
            else { continue }
            guard name.contains(".") || name.contains(">") else { continue }
            let end = min(line.upperBound, place + longest)
            if let range = chosen(argument, of: arguments(text, from: place + 1, before: end), octets) {
                result.append(range)
            }
        }
        return result
    }

    /// What is called, in small letters.
    private static func name(before place: Int, in octets: [UInt8]) -> String? {
        var end = place
        if end > 0, octets[end - 1] == UInt8(ascii: "=") { end -= 1 }
        var start = end
        while start > 0, place - start < MaskText.reach,
            octets[start - 1].isAlphanumeric || "_.:>-$".utf8.contains(octets[start - 1])
        {
            start -= 1
        }
        return start < end ? octets.text(start..<end).lowercased() : nil
    }

    /// The texts in quotation marks of a call, each with the number of its argument.
    private static func arguments(
        _ text: MaskText, from start: Int, before limit: Int
    ) -> [(number: Int, inside: Range<Int>)] {
        let octets = text.octets
        var result: [(number: Int, inside: Range<Int>)] = []
        var number = 0
        // What is open, and whether its contents are still the argument itself: `String::from("...")`.
        var open: [Bool] = []
        var place = start
        while place < limit, number < mostArguments, open.count < mostOpen {
            switch octets[place] {
            case UInt8(ascii: "("): open.append(makesText(octets, place))
            case UInt8(ascii: "["), UInt8(ascii: "{"): open.append(false)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if open.popLast() == nil { return result }
            case UInt8(ascii: ","): if open.allSatisfy(\.self) { number += 1 }
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
                guard let (inside, end) = text.quotation(at: place, before: limit) else { break }
                if open.allSatisfy(\.self), result.last?.number != number { result.append((number, inside)) }
                place = end
                continue
            default: break
            }
            place += 1
        }
        return result
    }

    /// Whether what is called in an argument gives the text itself, or nothing is called: the argument is a tuple.
    private static func makesText(_ octets: [UInt8], _ place: Int) -> Bool {
        guard let before = octets.at(place - 1), before.isAlphanumeric || before == UInt8(ascii: "_") else {
            return true
        }
        let makers: [StaticString] = ["string::from", "string", "secret", "secret::new", "string.init"]
        return makers.contains { octets.has($0, at: place - $0.utf8CodeUnitCount) }
    }

    private static func chosen(
        _ argument: CallWords.Argument, of texts: [(number: Int, inside: Range<Int>)], _ octets: [UInt8]
    ) -> Range<Int>? {
        let found =
            switch argument {
            case .at(let number): texts.first { $0.number == number }
            case .last(let least): texts.last { $0.number >= least && !$0.inside.isEmpty }
            }
        guard let inside = found?.inside, !inside.isEmpty else { return nil }
        let word = octets.text(inside).lowercased()
        return CommandMask.mechanisms.contains(word) || isSentence(octets, inside) ? nil : inside
    }

    /// `setPassword("Please enter your password")`
    private static func isSentence(_ octets: [UInt8], _ inside: Range<Int>) -> Bool {
        let words = octets[inside].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self).lowercased() }
        return words.count > 1 && words.count { SecretWords.sentence.contains($0) } * 2 >= words.count
            || words.count == 1 && SecretWords.sentence.contains(words[0]) && inside.count < 12
    }
}
