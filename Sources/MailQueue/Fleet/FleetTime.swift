internal import FoundationEssentials

/// The time of day, which all machines of a fleet must have about right.
enum FleetTime {
    /// Milliseconds since 1970.
    static var now: Int { Int(Date().timeIntervalSince1970 * 1_000) }
}
