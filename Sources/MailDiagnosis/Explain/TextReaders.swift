/// Finds the ports in a text: `host:587`, `port 587`, `port: 587`, `'port' => 587`.
enum PortReader {
    /// The ports.
    ///
    /// - Parameter text: The text in small letters.
    /// - Returns: Numbers of 1...65535 that stand where a port stands.
    static func ports(in text: [UInt8]) -> Set<Int> {
        var result: Set<Int> = []
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: ":"), isHostEnd(text, place), let port = number(text, place + 1) {
                result.insert(port)
            } else if text.has("port", at: place), let port = number(text, skipped(text, place + 4)) {
                result.insert(port)
            }
            place += 1
        }
        return result
    }

    /// A host or an address stands before the colon, and no clock.
    private static func isHostEnd(_ text: [UInt8], _ place: Int) -> Bool {
        var start = place
        var hasDot = false
        while start > 0, text[start - 1].isAlphanumeric || ".-]".utf8.contains(text[start - 1]), place - start < 80 {
            start -= 1
            if text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: "]") { hasDot = true }
        }
        let word = text.text(start..<place)
        // `index.js:605` is a place in a program.
        let sources = [
            ".js", ".py", ".java", ".cs", ".go", ".rb", ".php", ".ts", ".c", ".rs", ".lua", ".pm", ".mjs", ".cjs",
        ]
        return (hasDot || word == "localhost") && !sources.contains { word.hasSuffix($0) }
    }

    private static func skipped(_ text: [UInt8], _ place: Int) -> Int {
        var place = place
        while let octet = text.at(place), octet.isBlank || octet.isQuote || ":=>(#".utf8.contains(octet) { place += 1 }
        return place
    }

    private static func number(_ text: [UInt8], _ place: Int) -> Int? {
        var end = place
        while let octet = text.at(end), octet.isDigit, end - place < 6 { end += 1 }
        if let next = text.at(end), next.isAlphanumeric { return nil }
        guard let port = Int(text.text(place..<end)), (1...65_535).contains(port) else { return nil }
        return port
    }
}

/// Finds names with dots in a text: hosts, and domains of addresses.
enum HostReader {
    /// The names that were found.
    struct Names {
        /// Names that stand by themselves.
        var hosts: Set<String> = []
        /// Domains of addresses.
        var domains: Set<String> = []
        /// All of them, and the names above each.
        var all: Set<String> = []

        /// Whether there are none.
        var isEmpty: Bool { all.isEmpty }
    }

    private static let limit = 2_000

    /// The names in a text.
    ///
    /// - Parameter text: The text in small letters.
    /// - Returns: The names.
    static func names(in text: String) -> Names {
        var names = Names()
        let octets = Array(text.utf8)
        var place = 0
        while place < octets.count, names.all.count < limit {
            guard octets[place].isAlphanumeric else {
                place += 1
                continue
            }
            var end = place
            while let octet = octets.at(end), octet.isAlphanumeric || octet == 0x2D || octet == 0x2E { end += 1 }
            let name = octets.text(place..<end).split(separator: ".").joined(separator: ".")
            let isName = name.contains(".") && name.utf8.contains(where: \.isLetter) && name.utf8.count <= 253
            if isName, !(isInFolder(octets, place) && ofFiles.contains(top(of: name))) {
                add(name, isDomain: octets.at(place - 1) == UInt8(ascii: "@"), to: &names)
            }
            place = end
        }
        return names
    }

    /// Whether the name of a folder stands before a place, and not a protocol or the beginning of a line.
    private static func isInFolder(_ octets: [UInt8], _ place: Int) -> Bool {
        guard let sign = octets.at(place - 1), "/\\".utf8.contains(sign) else { return false }
        return octets.at(place - 2).map(\.isAlphanumeric) ?? false
    }

    /// Whether a name can be one of the Internet's, by its last label: classes and files of programs have names like it.
    ///
    /// - Parameter name: The name, in small letters.
    /// - Returns: False for `smtplib.smtpauthenticationerror`, `index.js` and `e.g`.
    static func canBeHost(_ name: String) -> Bool {
        let label = top(of: name)
        if label.hasPrefix("xn--") { return true }
        guard (2...longestTop).contains(label.utf8.count), label.utf8.allSatisfy(\.isLetter) else { return false }
        return !ofPrograms.contains(label) && !["exception", "error", "client"].contains { label.hasSuffix($0) }
    }

    /// The longest label at the top of names that are in use.
    private static let longestTop = 18
    private static func top(of name: String) -> String { name.split(separator: ".").last.map(String.init) ?? "" }

    /// Last words of files and of names in programs that nobody's mail is under.
    private static let ofPrograms: Set<String> = [
        "js", "mjs", "cjs", "ts", "tsx", "jsx", "php", "rb", "java", "exe", "dll", "html", "htm", "json", "xml", "yml",
        "yaml", "log", "txt", "conf", "cfg", "ini", "cpp", "class", "jar", "lua", "vb", "pem", "crt", "key",
        "smtp", "imap", "mail", "login", "send", "connect",
        "transport", "socket", "process", "main", "invoke", "execute",
    ]
    /// Last words of files that are countries' too: behind the name of a folder they are files.
    private static let ofFiles: Set<String> = ["py", "rs", "pl", "pm", "sh", "md", "so", "cs", "ml", "in"]

    private static func add(_ name: String, isDomain: Bool, to names: inout Names) {
        if isDomain { names.domains.insert(name) } else { names.hosts.insert(name) }
        var rest = name[...]
        while rest.contains(".") {
            names.all.insert(String(rest))
            guard let dot = rest.firstIndex(of: ".") else { break }
            rest = rest[rest.index(after: dot)...]
        }
    }
}

/// Reads an enhanced status code (RFC 3463, section 2): class, subject, detail.
enum EnhancedCodeReader {
    /// The code at a place, with or without a number sign before it.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - place: The place.
    /// - Returns: The code and where the text behind it begins; nil when there is none.
    static func read(_ line: [UInt8], at place: Int) -> (code: String, end: Int)? {
        let start = line.at(place) == UInt8(ascii: "#") ? place + 1 : place
        guard let first = line.at(start), "245".utf8.contains(first) else { return nil }
        var end = start + 1
        for _ in 0..<2 {
            guard line.at(end) == UInt8(ascii: ".") else { return nil }
            let digits = (1...3).prefix { line.at(end + $0)?.isDigit == true }.count
            guard digits > 0 else { return nil }
            end += 1 + digits
        }
        if let next = line.at(end), next.isAlphanumeric || next == UInt8(ascii: ".") { return nil }
        let code = line.text(start..<end)
        while let next = line.at(end), next.isBlank || next == UInt8(ascii: ":") || next == UInt8(ascii: ">") {
            end += 1
        }
        return (code, end)
    }
}
