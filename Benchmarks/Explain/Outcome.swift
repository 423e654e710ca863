/// How one text was explained.
struct Outcome: Sendable {
    var text: CorpusText
    /// The causes that were named, best first, and how sure each was.
    var causes: [(id: String, confidence: Double)]
    var provider: String?
    var evidence: [String]
    var reason: String?

    /// Whether the first cause is right.
    var isFirst: Bool { causes.first.map { text.right.contains($0.id) } ?? false }

    /// Whether one of the causes is right.
    var isAmongThree: Bool { causes.contains { text.right.contains($0.id) } }

    /// Whether a text without an account problem is told as one, half sure or more.
    var isAccused: Bool {
        text.isNegative
            && causes.contains { !text.right.contains($0.id) && $0.id != "unknown_reply" && $0.confidence >= 0.5 }
    }
}

/// Counts of outcomes, as they are printed.
struct Tally {
    var name: String
    var count = 0
    var first = 0
    var three = 0
    var negatives = 0
    var accused = 0

    init(_ name: String, _ outcomes: some Sequence<Outcome>) {
        self.name = name
        for outcome in outcomes {
            count += 1
            if outcome.isFirst { first += 1 }
            if outcome.isAmongThree { three += 1 }
            if outcome.text.isNegative { negatives += 1 }
            if outcome.isAccused { accused += 1 }
        }
    }

    var line: String {
        let accusation = negatives > 0 ? "   \(accused) of \(negatives) negatives accused" : ""
        return "  \(name.padded(to: 30))\(String(count).leading(5))  first \(Self.share(first, count))"
            + "  three \(Self.share(three, count))\(accusation)"
    }

    static func share(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "     -" }
        let tenths = (part * 2_000 / whole + 1) / 2
        return "\(tenths / 10).\(tenths % 10) %".leading(7)
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(1, width - count)) }

    func leading(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
