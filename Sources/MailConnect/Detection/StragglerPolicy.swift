/// How long sources that have not answered yet are waited for, once others have.
///
/// A dead source must not hold up the live ones: it is waited for no longer than the slowest live one took, and three
/// tenths. While the question is open, an answer is worth more than time, so the floor is higher; the mail exchangers, on
/// which everything rests, are worth a resolver's second try.
struct StragglerPolicy {
    static let factor = 1.3
    static let graceWhenSettled = Duration.milliseconds(30)
    static let floorWhenAnswered = Duration.milliseconds(300)
    static let floorWhenOpen = Duration.milliseconds(1000)
    static let floorForExchangers = Duration.seconds(4)

    /// How far the question is from an answer.
    enum State: Sendable {
        /// The exchangers have not answered.
        case waitsForExchangers
        /// Nothing tells it yet.
        case open
        /// Something tells it, and more might make it surer.
        case answered
        /// Nothing that is still asked can change the answer.
        case settled
    }

    let began: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant

    /// When the waiting ends.
    ///
    /// - Parameters:
    ///   - slowest: When the slowest live source answered.
    ///   - state: How far the question is from an answer.
    /// - Returns: The moment, never after the deadline.
    func end(slowest: ContinuousClock.Instant, state: State) -> ContinuousClock.Instant {
        let scaled = began + (slowest - began) * Self.factor
        let floor =
            switch state {
            case .waitsForExchangers: began + Self.floorForExchangers
            case .open: began + Self.floorWhenOpen
            case .answered: began + Self.floorWhenAnswered
            case .settled: slowest + Self.graceWhenSettled
            }
        return min(deadline, max(floor, scaled))
    }
}
