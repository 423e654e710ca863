/// What a line of a pasted text is, as far as that decides what its words may say.
enum LineKind: Hashable {
    /// A call in a stack trace: names of methods and numbers of lines, which only look like words and codes.
    case frame
    /// A field of a message's own header.
    case header
    /// Everything else.
    case words

    /// Whether words in it say something about a failure.
    var speaks: Bool { self == .words }
}

/// Tells what lines of a pasted text are. Made once for a catalogue.
struct LineReader: Sendable {
    /// What fields of a message's own header begin with.
    private let headers: [[UInt8]]
    private let longest: Int

    /// - Parameter headers: What fields of a message's own header begin with, in small letters.
    init(headers: [String]) {
        self.headers = headers.map { Array($0.utf8) }
        longest = self.headers.map(\.count).max() ?? 0
    }

    /// What a line is.
    func kind(of line: ArraySlice<UInt8>) -> LineKind {
        Self.isFrame(line) ? .frame : isHeader(line) ? .header : .words
    }

    private func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Array(line.prefix(longest))
        return headers.contains { line.has($0, at: 0) }
    }

    /// Java's and JavaScript's `at a.b.c(...)`, Python's `File "x", line 1`, PHP's `#0 /x.php(1)`, Ruby's `x.rb:1:in`.
    private static func isFrame(_ line: ArraySlice<UInt8>) -> Bool {
        let text = Array(line.prefix(200))
        var start = 0
        while let octet = text.at(start), octet.isBlank || octet == UInt8(ascii: ">") || octet == UInt8(ascii: "|") {
            start += 1
        }
        if text.has("at ", at: start) { return isCall(text, start + 3) }
        if text.has("file \"", at: start) { return text.contains(word: "\", line ") }
        if text.at(start) == UInt8(ascii: "#"), text.at(start + 1)?.isDigit == true {
            return [".php(", "[internal function]", ".dart", "{main}"].contains { text.contains(word: $0) }
        }
        return isRubyFrame(text, start)
    }

    /// `name.of.something(`: no blank before the bracket, or a path.
    private static func isCall(_ text: [UInt8], _ start: Int) -> Bool {
        var place = start
        if text.has("async ", at: place) { place += 6 }
        if text.has("new ", at: place) { place += 4 }
        let begun = place
        while let octet = text.at(place), !octet.isBlank, octet != UInt8(ascii: "(") { place += 1 }
        let name = text.text(begun..<place)
        let isName = name.contains(".") || name.contains("/") || name.contains("::") || name.contains("$")
        return isName && !name.contains("@") && (text[begun..<place].count < text.count - begun || name.contains(":"))
    }

    private static func isRubyFrame(_ text: [UInt8], _ start: Int) -> Bool {
        guard text.contains(word: ".rb:") || text.contains(word: ".ex:") else { return false }
        let begins = text.at(start) == UInt8(ascii: "/") || text.has("from ", at: start)
        return begins && text.contains(word: ":in ")
    }
}
