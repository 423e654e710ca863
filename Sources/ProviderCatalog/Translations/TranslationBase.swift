/// A message of a program in some language that stands in a text.
public struct TranslationMatch: Hashable, Sendable {
    /// What it means, as in the files of translations.
    public var means: String
    /// What it can mean besides.
    public var also: [String]
    /// Whether it says something only beside better evidence.
    public var isWeak: Bool
    /// The language: a BCP 47 tag.
    public var language: String
    /// The program.
    public var program: String
    /// Where it stands in the folded text: octets.
    public var range: Range<Int>
    /// Octets of the pieces that were found: the longer, the surer.
    public var length: Int
}

/// All messages in other languages than English, ready to be looked for.
public struct TranslationBase: Hashable, Sendable {
    private struct Message: Hashable {
        var means: String
        var also: [String]
        var isWeak: Bool
        var language: String
        var program: String
        var pieces: [Int]
        var length: Int
    }

    /// Octets that may stand between two pieces: a name, or a reply.
    private static let reach = 900
    /// Places of one piece that are kept; a log repeats itself.
    private static let placeLimit = 64

    private let messages: [Message]
    private let index: PhraseIndex
    private let lengths: [Int]
    /// The messages whose longest piece each phrase is.
    private let byPiece: [[Int]]

    /// No messages.
    public static let none = TranslationBase([])

    /// Takes messages.
    ///
    /// - Parameters:
    ///   - files: The messages.
    ///   - filter: What can stand in a text; nil for all messages.
    init(_ files: [TranslationFile], in filter: GramFilter? = nil) {
        var numbers: [[UInt8]: Int] = [:]
        var phrases: [[UInt8]] = []
        var messages: [Message] = []
        for file in files {
            for message in file.messages {
                let original = OriginalText.pieces(of: message.original)
                let texts = original.isEmpty || message.isWeak ? [:] : ["en": original]
                for (language, texts) in message.texts.merging(texts, uniquingKeysWith: { text, _ in text }) {
                    if let filter, let first = texts.first, !filter.mayHold(first) { continue }
                    let pieces = texts.map(Self.folded).filter { $0.count >= PhraseIndex.shortest }
                    guard !pieces.isEmpty else { continue }
                    let places = pieces.map { piece in
                        if let number = numbers[piece] { return number }
                        numbers[piece] = phrases.count
                        phrases.append(piece)
                        return phrases.count - 1
                    }
                    messages.append(
                        Message(
                            means: message.means, also: message.also, isWeak: message.isWeak, language: language,
                            program: file.program, pieces: places, length: pieces.reduce(0) { $0 + $1.count }))
                }
            }
        }
        var byPiece = [[Int]](repeating: [], count: phrases.count)
        for (number, message) in messages.enumerated() {
            if let longest = message.pieces.max(by: { phrases[$0].count < phrases[$1].count }) {
                byPiece[longest].append(number)
            }
        }
        self.messages = messages
        self.byPiece = byPiece
        lengths = phrases.map(\.count)
        index = PhraseIndex(phrases)
    }

    /// How many messages there are, each language counted.
    public var count: Int { messages.count }

    /// The messages that stand in a text. One that stands inside of a longer one is left out.
    ///
    /// - Parameter text: The text, folded by `PhraseFolding`.
    /// - Returns: The messages, in the order in which they stand there.
    public func matches(in text: [UInt8]) -> [TranslationMatch] {
        var places: [Int: [Int]] = [:]
        index.scan(text) { phrase, place in
            guard Self.begins(text, place), places[phrase]?.count ?? 0 < Self.placeLimit else { return }
            places[phrase, default: []].append(place)
        }
        var found: [TranslationMatch] = []
        for phrase in places.keys.sorted() {
            for number in byPiece[phrase] { found += ranges(of: messages[number], places).map { match(number, $0) } }
        }
        return Self.longest(found)
    }

    private func match(_ number: Int, _ range: Range<Int>) -> TranslationMatch {
        let message = messages[number]
        return TranslationMatch(
            means: message.means, also: message.also, isWeak: message.isWeak, language: message.language,
            program: message.program, range: range, length: message.length)
    }

    /// Where the pieces of a message stand, each behind the one before.
    private func ranges(of message: Message, _ places: [Int: [Int]]) -> [Range<Int>] {
        guard let first = message.pieces.first, let starts = places[first] else { return [] }
        return starts.compactMap { start in
            var end = start + lengths[first]
            for piece in message.pieces.dropFirst() {
                guard let next = places[piece]?.first(where: { $0 >= end && $0 <= end + Self.reach }) else {
                    return nil
                }
                end = next + lengths[piece]
            }
            return start..<end
        }
    }

    /// Without those that stand inside of a longer one, and each place once for a meaning.
    private static func longest(_ found: [TranslationMatch]) -> [TranslationMatch] {
        let sorted = found.sorted { left, right in
            let (first, second) = (left.range.lowerBound, right.range.lowerBound)
            if first != second || left.length != right.length { return (first, -left.length) < (second, -right.length) }
            if left.isWeak != right.isWeak { return right.isWeak }
            return (left.means, left.language, left.program) < (right.means, right.language, right.program)
        }
        var result: [TranslationMatch] = []
        var end = -1
        var length = 0
        for match in sorted {
            if match.range.upperBound <= end, match.length < length { continue }
            if let last = result.last, last.range == match.range, last.means == match.means { continue }
            if match.range.upperBound > end { (end, length) = (match.range.upperBound, match.length) }
            result.append(match)
        }
        return result
    }

    /// Whether a word can begin at a place: no ASCII letter stands before one.
    private static func begins(_ text: [UInt8], _ place: Int) -> Bool {
        guard place > 0 else { return true }
        let isLetter = { (octet: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet) }
        return !(isLetter(text[place]) && isLetter(text[place - 1]))
    }

    /// What may stand around a sentence: full stops, quotation marks and brackets, in the scripts that have their own.
    private static let outer: [[UInt8]] =
        ["…", "。", "：", "！", "，", "、", "“", "”", "„", "«", "»"].map { Array($0.utf8) }
        + ".:!?,; \"'()\n".utf8.map { [$0] }

    /// A piece as it is compared: folded, on one line, without the punctuation around it.
    private static func folded(_ piece: String) -> [UInt8] {
        var octets = PhraseFolding.folded(piece)[...]
        while let mark = outer.first(where: { octets.suffix($0.count).elementsEqual($0) }) {
            octets.removeLast(mark.count)
        }
        while let mark = outer.first(where: { octets.prefix($0.count).elementsEqual($0) }) {
            octets.removeFirst(mark.count)
        }
        return octets.map { $0 == 0x0A ? 0x20 : $0 }
    }
}

/// The English original of a message, cut at what a program puts in.
enum OriginalText {
    /// Shorter ones would stand in ordinary prose.
    private static let shortest = 16

    /// The fixed pieces; none when they are too short to mean anything.
    static func pieces(of original: String) -> [String] {
        var pieces: [String] = [""]
        var isPlaceholder = false
        for character in original {
            if "%{$<".contains(character) {
                isPlaceholder = true
                if pieces.last != "" { pieces.append("") }
            } else if isPlaceholder {
                if character == " " || ":;,.!?)'\"”’".contains(character) { isPlaceholder = false }
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        let fixed = pieces.filter { $0.utf8.count >= PhraseIndex.shortest }
        return fixed.reduce(0) { $0 + $1.utf8.count } >= shortest ? fixed : []
    }
}
