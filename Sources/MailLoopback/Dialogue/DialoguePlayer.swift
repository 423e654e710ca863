import MailModel

/// Plays a dialogue on one connection.
struct DialoguePlayer: PeerConversation {
    /// A dialogue that jumps in a circle ends after so many steps without hearing the client.
    private static let stepsAtOnce = 10_000

    private enum Waiting: Hashable, Sendable {
        case forLine, forTLS, forNothing
    }

    private let dialogue: Dialogue
    private var position = 0
    private var waiting = Waiting.forNothing
    private var tag: [UInt8] = []
    private var dripGap: Int?
    private var isEncrypted = false
    private var login = LoginReader()
    private var hasJumped = false

    init(_ dialogue: Dialogue) { self.dialogue = dialogue }

    mutating func opened(isEncrypted: Bool) -> [PeerAction] {
        self.isEncrypted = isEncrypted
        return advance()
    }

    mutating func encrypted() -> [PeerAction] {
        isEncrypted = true
        return waiting == .forTLS ? advance() : []
    }

    mutating func received(_ line: [UInt8]) -> [PeerAction] {
        for _ in 0..<Self.stepsAtOnce {
            let actions = hear(line)
            // Whoever jumps to another expectation without a word has not read the line yet.
            guard actions.isEmpty, hasJumped, waiting == .forLine else { return actions }
        }
        return [.close]
    }

    private mutating func hear(_ line: [UInt8]) -> [PeerAction] {
        hasJumped = false
        guard waiting == .forLine, dialogue.steps.indices.contains(position) else { return [] }
        let step = dialogue.steps[position]
        switch step.kind {
        case .expect(let pattern, let otherwise):
            tag = Array(line.prefix { $0 != UInt8(ascii: " ") })
            if pattern.matches(line) {
                position += 1
                return advance()
            }
            hasJumped = otherwise != nil
            return leave(to: otherwise, at: step.line)
        case .login(let username, let password, let accepted, let refused):
            return logIn(line, at: step.line) { $0 == username && $1 == password ? accepted : refused }
        default: return []
        }
    }

    private mutating func leave(to label: String?, at line: Int) -> [PeerAction] {
        guard let label else {
            waiting = .forNothing
            return [.noteMismatch(line: line), .close]
        }
        position = dialogue.labels[label] ?? dialogue.steps.count
        return advance()
    }

    private mutating func logIn(
        _ line: [UInt8], at number: Int, _ label: (_ username: String, _ password: String) -> String
    ) -> [PeerAction] {
        if !login.isUnderWay { tag = Array(line.prefix { $0 != UInt8(ascii: " ") }) }
        switch login.feed(line) {
        case .prompt(let text): return [.send(Array((text + "\r\n").utf8))]
        case .quiet: return []
        case .attempt(let attempt):
            guard case .login(_, _, let accepted, _) = dialogue.steps[position].kind else { return [] }
            let next = label(attempt.username, attempt.password)
            let note = PeerLogin(
                username: attempt.username, mechanism: attempt.mechanism, isEncrypted: isEncrypted,
                isAccepted: next == accepted)
            return [.noteLogin(note)] + leave(to: next, at: number)
        case .notALogin, .cancelled, .malformed: return leave(to: nil, at: number)
        }
    }

    /// Takes steps until one has to wait for the client. The end of the dialogue closes the connection.
    private mutating func advance() -> [PeerAction] {
        var actions: [PeerAction] = []
        for _ in 0..<Self.stepsAtOnce {
            guard dialogue.steps.indices.contains(position) else { break }
            if let wait = take(dialogue.steps[position].kind, &actions) {
                waiting = wait
                return actions
            }
        }
        waiting = .forNothing
        return actions + [.close]
    }

    /// Takes one step, and returns what has to be waited for, nil to go on.
    private mutating func take(_ step: DialogueStep.Kind, _ actions: inout [PeerAction]) -> Waiting? {
        switch step {
        case .expect, .login: return .forLine
        case .silence: return .forNothing
        case .close, .reset:
            actions.append(step == .close ? .close : .reset)
            return .forNothing
        case .startTLS:
            actions.append(.startTLS)
            position += 1
            return .forTLS
        case .goTo(let label):
            position = dialogue.labels[label] ?? dialogue.steps.count
            return nil
        case .say(let line, let joined): say([line] + joined, &actions)
        case .hear: actions.append(.hear)
        case .pause(let milliseconds): actions.append(.pause(milliseconds: milliseconds))
        case .drip(let milliseconds): dripGap = milliseconds
        case .flood(let line, let count): actions.append(.flood(line.octets(tag: tag), count: count))
        }
        position += 1
        return nil
    }

    private mutating func say(_ lines: [ServerLine], _ actions: inout [PeerAction]) {
        let octets = lines.flatMap { $0.octets(tag: tag) }
        actions.append(dripGap.map { .drip(octets, milliseconds: $0) } ?? .send(octets))
        dripGap = nil
    }
}
