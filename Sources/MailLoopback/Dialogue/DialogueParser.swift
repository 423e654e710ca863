/// Reads the dialogue format, line by line.
struct DialogueParser {
    private(set) var steps: [DialogueStep] = []
    private(set) var labels: [String: Int] = [:]
    private var references: [(label: String, line: Int)] = []
    private var number = 0

    /// Reads one line.
    mutating func read(_ text: Substring, number: Int) throws(DialogueError) {
        self.number = number
        guard !text.isEmpty, !text.hasPrefix("#") else { return }
        if text.hasPrefix("["), text.hasSuffix("]") { return try addLabel(String(text.dropFirst().dropLast())) }
        if let said = text.after("S:") { return append(.say(try serverLine(said, lineEnd: true), joined: [])) }
        if let said = text.after("S-noeol:") { return append(.say(try serverLine(said, lineEnd: false), joined: [])) }
        if let said = text.after("S-base64:") {
            guard let octets = Base64Text.decode(said.utf8) else { throw wrong("no Base64") }
            return append(.say(ServerLine(octets: octets), joined: []))
        }
        if let expected = text.after("C:") { return try addExpectation(expected) }
        guard let directive = text.after("!") else { throw wrong("neither S:, C:, !, a [label] nor a # comment") }
        try addDirective(directive)
    }

    /// Checks that every label that is jumped to is there.
    func checkLabels() throws(DialogueError) {
        for reference in references where labels[reference.label] == nil {
            throw DialogueError(line: reference.line, reason: "there is no label [\(reference.label)]")
        }
    }

    private func wrong(_ reason: String) -> DialogueError { DialogueError(line: number, reason: reason) }

    private mutating func append(_ kind: DialogueStep.Kind) { steps.append(DialogueStep(kind: kind, line: number)) }

    private mutating func addLabel(_ label: String) throws(DialogueError) {
        guard !label.isEmpty, !label.contains(" ") else { throw wrong("a label is one word") }
        guard labels.updateValue(steps.count, forKey: label) == nil else { throw wrong("[\(label)] is there twice") }
    }

    private func serverLine(_ text: some StringProtocol, lineEnd: Bool) throws(DialogueError) -> ServerLine {
        guard let line = ServerLine(text, lineEnd: lineEnd) else { throw wrong("an escape is wrong") }
        return line
    }

    private mutating func addExpectation(_ text: Substring) throws(DialogueError) {
        var text = text
        var otherwise: String?
        if let mark = text.firstRange(of: " else: ") {
            otherwise = refer(to: text[mark.upperBound...])
            text = text[..<mark.lowerBound]
        }
        guard let pattern = ClientPattern(text) else { throw wrong("an escape is wrong, or too many *") }
        append(.expect(pattern, otherwise: otherwise))
    }

    private mutating func addDirective(_ text: Substring) throws(DialogueError) {
        let words = text.split(separator: " ", maxSplits: 1)
        let argument = words.count > 1 ? words[1] : ""
        switch words.first {
        case "tls": append(.startTLS)
        case "close": append(.close)
        case "reset": append(.reset)
        case "silence": append(.silence)
        case "hear": append(.hear)
        case "pause": append(.pause(milliseconds: try milliseconds(argument)))
        case "drip": append(.drip(milliseconds: try milliseconds(argument)))
        case "flood": try addFlood(argument)
        case "inject": try addInjection(argument)
        case "on-login": try addLogin(argument)
        case "goto": append(.goTo(refer(to: argument)))
        default: throw wrong("unknown directive")
        }
    }

    private func milliseconds(_ text: Substring) throws(DialogueError) -> Int {
        guard let number = Int(text), (0...60_000).contains(number) else {
            throw wrong("needs a number of milliseconds, 0...60000")
        }
        return number
    }

    private mutating func addFlood(_ text: Substring) throws(DialogueError) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard let count = words.first.flatMap({ Int($0) }), (1...100_000_000).contains(count), words.count == 2 else {
            throw wrong("needs a number, 1...100000000, and a text")
        }
        append(.flood(try serverLine(words[1], lineEnd: true), count: count))
    }

    private mutating func addInjection(_ text: Substring) throws(DialogueError) {
        guard let last = steps.indices.last, case .say(let line, let joined) = steps[last].kind else {
            throw wrong("there is no server line before it")
        }
        steps[last].kind = .say(line, joined: joined + [try serverLine(text, lineEnd: true)])
    }

    private mutating func addLogin(_ text: Substring) throws(DialogueError) {
        let words = text.split(separator: " ")
        guard words.count == 6, words[2] == "accepted:", words[4] == "refused:" else {
            throw wrong("needs USER PASSWORD accepted: LABEL refused: LABEL")
        }
        append(
            .login(
                username: String(words[0]), password: String(words[1]), accepted: refer(to: words[3]),
                refused: refer(to: words[5])))
    }

    private mutating func refer(to label: Substring) -> String {
        references.append((String(label), number))
        return String(label)
    }
}

extension Substring {
    /// What follows a mark and at most one space, or nil when the text does not begin with the mark.
    fileprivate func after(_ mark: String) -> Substring? {
        guard hasPrefix(mark) else { return nil }
        let rest = dropFirst(mark.count)
        return rest.first == " " ? rest.dropFirst() : rest
    }
}
