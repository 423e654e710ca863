import MailModel

/// The daily limit in words.
enum AdviceWords {
    /// `week 1: 5`, `weeks 5 to 8: 30`, `from week 9: 40`
    static func step(_ step: RampStep) -> String {
        guard let last = step.toWeek else { return "from week \(step.fromWeek): \(step.daily)" }
        return last == step.fromWeek
            ? "week \(last): \(step.daily)" : "weeks \(step.fromWeek) to \(last): \(step.daily)"
    }
}
