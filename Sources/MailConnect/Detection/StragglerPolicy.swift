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

    /// How long all together may take.
    let budget: Duration

    /// How long is waited, counted from the beginning like everything here, on a clock that stands still while questions wait
    /// in a queue of ours.
    ///
    /// - Parameters:
    ///   - slowest: When the slowest live source answered.
    ///   - state: How far the question is from an answer.
    /// - Returns: The end of the waiting, never after the budget.
    func end(slowest: Duration, state: State) -> Duration {
        let scaled = slowest * Self.factor
        let floor =
            switch state {
            case .waitsForExchangers: Self.floorForExchangers
            case .open: Self.floorWhenOpen
            case .answered: Self.floorWhenAnswered
            case .settled: slowest + Self.graceWhenSettled
            }
        return min(budget, max(floor, scaled))
    }
}
