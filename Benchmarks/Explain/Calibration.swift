/// How sure a first cause was told, and whether it was right: what a calibration is fitted to.
struct Told: Sendable {
    /// What kind of answer it is: their confidences mean different things.
    enum Kind: String, CaseIterable, Sendable {
        /// No problem of an account.
        case calm = "no account problem"
        /// A failure whose cause the text does not tell.
        case unknown = "not known"
        /// A cause, less than half sure: a guess, or in doubt whether it is about an account at all.
        case guess = "a guess"
        /// A cause.
        case cause = "a cause"
    }

    var kind: Kind
    var confidence: Double
    var isRight: Bool

    /// What was told first; nil when nothing was.
    ///
    /// - Parameters:
    ///   - outcome: How a text was explained.
    ///   - isExact: Whether only the label itself is right, and nothing that it accepts also.
    init?(_ outcome: Outcome, isExact: Bool) {
        guard let first = outcome.causes.first else { return nil }
        confidence = first.confidence
        isRight = isExact ? first.id == outcome.text.cause : outcome.isFirst
        kind =
            switch first.id {
            case "not_an_account_problem": .calm
            case "unknown_reply": .unknown
            default: first.confidence < 0.5 ? .guess : .cause
            }
    }
}

/// A map from what was said to what it was worth, fitted for each kind of answer: isotonic regression (pool adjacent violators),
/// so that a surer answer never becomes a less sure one.
struct Calibration {
    /// Steps of one kind, by what was said.
    private var steps: [Told.Kind: [(from: Double, worth: Double, count: Int)]] = [:]

    /// Fits it.
    ///
    /// - Parameters:
    ///   - told: What was told, and whether it was right.
    ///   - fewest: Answers that a step must rest on.
    init(_ told: [Told], fewest: Int = 12) {
        for (kind, part) in Dictionary(grouping: told, by: \.kind) {
            steps[kind] = Self.pooled(part.sorted { $0.confidence < $1.confidence }, fewest: fewest)
        }
    }

    private static func pooled(_ told: [Told], fewest: Int) -> [(from: Double, worth: Double, count: Int)] {
        var blocks: [(from: Double, right: Int, count: Int)] = []
        for answer in told {
            if let last = blocks.last, last.from == answer.confidence || last.count < fewest {
                blocks[blocks.count - 1].right += answer.isRight ? 1 : 0
                blocks[blocks.count - 1].count += 1
            } else {
                blocks.append((answer.confidence, answer.isRight ? 1 : 0, 1))
            }
        }
        var result: [(from: Double, right: Int, count: Int)] = []
        for block in blocks {
            result.append(block)
            while result.count > 1, let last = result.last,
                worth(last.right, last.count) < worth(result[result.count - 2].right, result[result.count - 2].count)
            {
                result.removeLast()
                result[result.count - 1].right += last.right
                result[result.count - 1].count += last.count
            }
        }
        return result.map { ($0.from, worth($0.right, $0.count), $0.count) }
    }

    /// The share that was right, as if one more had been right and one wrong: few answers prove little.
    private static func worth(_ right: Int, _ count: Int) -> Double { (Double(right) + 1) / (Double(count) + 2) }

    /// What an answer is worth; what was said where nothing is known of its kind.
    func worth(_ told: Told) -> Double {
        guard let steps = steps[told.kind], let first = steps.first else { return told.confidence }
        return (steps.last { $0.from <= told.confidence } ?? first).worth
    }
}
