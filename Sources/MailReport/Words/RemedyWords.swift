public import MailModel

/// How a front end words what is to be done. The default is neutral; whoever has options or buttons for a step names
/// them here.
public struct RemedyWords: Sendable {
    /// The words of a step, one whole sentence.
    public let text: @Sendable (RemedyStep) -> String
    /// How the reader gets to see the rest, a whole sentence; nil where there is no way.
    public let more: String?

    /// Takes the words.
    ///
    /// - Parameters:
    ///   - more: How the reader gets to see the rest of a shortened report.
    ///   - text: The words of a step.
    public init(more: String? = nil, _ text: @escaping @Sendable (RemedyStep) -> String) {
        self.more = more
        self.text = text
    }

    /// Words that hold everywhere.
    public static let neutral = RemedyWords(\.text)

    /// A reason behind a daily limit, with what the reader can do about it.
    func text(of reason: LimitReason) -> String {
        guard let action = reason.action else { return reason.text }
        return [reason.evidence, text(action)].joined(separator: " ")
    }

    /// The reasons of a limit; those of an older report are nothing but text.
    func reasons(of limit: DailyLimit) -> [String] {
        guard limit.details.map(\.text) == limit.reasons else { return limit.reasons }
        return limit.details.map(text(of:))
    }
}

/// The daily limit in words.
enum AdviceWords {
    /// `week 1: 5`, `weeks 5 to 8: 30`, `from week 9: 40`
    static func step(_ step: RampStep) -> String {
        guard let last = step.toWeek else { return "from week \(step.fromWeek): \(step.daily)" }
        return last == step.fromWeek
            ? "week \(last): \(step.daily)" : "weeks \(step.fromWeek) to \(last): \(step.daily)"
    }
}
