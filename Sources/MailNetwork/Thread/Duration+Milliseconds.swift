extension Duration {
    /// The time in whole milliseconds for a C function: rounded up, so that nothing wakes just before it is due; never
    /// negative, and at most what an `int` holds.
    var roundedUpMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard self > .zero else { return 0 }
        guard seconds < Int64(Int32.max / 1_000) else { return .max }
        let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: seconds * 1_000 + fraction)
    }
}
