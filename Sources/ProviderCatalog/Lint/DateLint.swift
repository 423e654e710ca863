import MailModel

/// Looks at the day on which a fact was looked up.
enum DateLint {
    /// A warning for a fact that nobody has looked up for a year, an error for one from the future.
    static func problem(_ date: CatalogDate, _ file: String, _ keyPath: String, today: CatalogDate) -> LintProblem? {
        if date > today {
            return LintProblem(file: file, keyPath: keyPath, severity: .error, message: "\(date) has not come yet")
        }
        guard date.isOverAYearBefore(today) else { return nil }
        return LintProblem(
            file: file, keyPath: keyPath, severity: .warning,
            message: "\(date) is more than a year ago: look it up again")
    }
}
