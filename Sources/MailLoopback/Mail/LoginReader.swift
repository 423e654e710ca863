/// Reads a login line by line: SMTP's AUTH (RFC 4954), IMAP's AUTHENTICATE and LOGIN (RFC 9051, section 6.2).
struct LoginReader: Hashable, Sendable {
    private enum State: Hashable, Sendable {
        case idle
        case sasl(SASLServer, prompt: String)
        case imapLogin(IMAPLoginArguments)
    }

    private var state = State.idle

    /// Whether the next line belongs to a login that has begun.
    var isUnderWay: Bool { state != .idle }

    /// Takes a line, given without its end.
    mutating func feed(_ line: [UInt8]) -> LoginProgress {
        switch state {
        case .idle: return begin(line)
        case .sasl(let server, let prompt):
            if line == [UInt8(ascii: "*")] { return finish(.cancelled) }
            guard let response = Base64Text.decode(line) else { return finish(.malformed) }
            return step(server, response, prompt)
        case .imapLogin(let arguments): return imapLogin(arguments, line[...])
        }
    }

    private mutating func begin(_ line: [UInt8]) -> LoginProgress {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        let names = words.map { String(decoding: $0, as: UTF8.self).uppercased() }
        if names.count >= 2, names[0] == "AUTH" {
            return beginSASL(names[1], words.count > 2 ? words[2] : nil, prompt: "334 ")
        }
        guard names.count >= 3 else { return .notALogin }
        if names[1] == "LOGIN" { return imapLogin(IMAPLoginArguments(), words[2]) }
        guard names[1] == "AUTHENTICATE" else { return .notALogin }
        let arguments = words[2].split(separator: UInt8(ascii: " "), maxSplits: 1)
        let mechanism = String(decoding: arguments.first ?? [], as: UTF8.self)
        return beginSASL(mechanism, arguments.count > 1 ? arguments[1] : nil, prompt: "+ ")
    }

    private mutating func beginSASL(
        _ mechanism: String, _ initial: ArraySlice<UInt8>?, prompt: String
    ) -> LoginProgress {
        guard let server = SASLServer(mechanism: mechanism) else { return .notALogin }
        guard let initial else { return step(server, nil, prompt) }
        // "=" stands for an empty initial response (RFC 4954, section 4).
        if initial.elementsEqual([UInt8(ascii: "=")]) { return step(server, [], prompt) }
        guard let response = Base64Text.decode(initial) else { return .malformed }
        return step(server, response, prompt)
    }

    private mutating func step(_ server: SASLServer, _ response: [UInt8]?, _ prompt: String) -> LoginProgress {
        var server = server
        switch server.next(response) {
        case .challenge(let octets):
            state = .sasl(server, prompt: prompt)
            return .prompt(prompt + String(decoding: Base64Text.encode(octets), as: UTF8.self))
        case .attempt(let attempt): return finish(.attempt(attempt))
        case .malformed: return finish(.malformed)
        }
    }

    private mutating func imapLogin(_ arguments: IMAPLoginArguments, _ line: ArraySlice<UInt8>) -> LoginProgress {
        var arguments = arguments
        let progress = arguments.feed(line)
        switch progress {
        case .prompt, .quiet: state = .imapLogin(arguments)
        default: state = .idle
        }
        return progress
    }

    private mutating func finish(_ progress: LoginProgress) -> LoginProgress {
        state = .idle
        return progress
    }
}
