import MailModel

/// A number that the advice must not go beyond.
struct LimitCap {
    /// Messages a day, for the advice.
    var value: Int
    /// What the provider itself lets nobody go beyond, when that is certain: the user may not ask for more either.
    var hard: Int?
    /// Whether it holds at any age, so that the weeks of a ramp keep below it too.
    var holdsAlways = true
    /// What it is.
    var reason: LimitReason
    /// Where the figure stands.
    var sources: [String]
}
