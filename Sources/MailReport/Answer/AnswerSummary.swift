internal import MailModel

/// A report in one line, for lists of many: the cause, what to do first, and who does it.
public struct AnswerSummary: Hashable, Sendable {
    /// The cause's stable name; nil where there is none.
    public var cause: String?
    /// The answer, one sentence.
    public var headline: String
    /// The cause in a sentence without the account's name, so that rows with the same one are the same.
    public var sentence: String?
    /// What to do first; nil where nothing is to be done.
    public var fix: String?
    /// Who does it.
    public var who: String?

    /// Reads it out of a report.
    ///
    /// - Parameter report: The report.
    public init(_ report: Report) {
        let answer = ReportAnswer(report)
        let isBad = answer.mark != .ok
        headline = answer.headline
        cause = answer.cause?.id.description ?? (isBad ? report.registration?.status.rawValue : nil)
        sentence = answer.cause?.sentence ?? (isBad ? report.registration.map { "\($0.reason)." } : nil)
        fix = isBad ? answer.steps.first?.text : nil
        who = isBad ? answer.who?.rawValue : nil
    }
}
