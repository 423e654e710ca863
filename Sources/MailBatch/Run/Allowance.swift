/// How many accounts may be checked at a server at once, at this moment: as many as it takes until it complains, then one, and
/// slowly more with each success.
///
/// It is the slow start and congestion avoidance of TCP (RFC 5681, section 3.1), with logins for segments: after a pause nobody
/// knows what the server takes, and each login too many is an account that could not be told. Until half of what was under way
/// when it complained each success makes room for one more; from there on a whole round of successes does.
package struct Allowance: Hashable, Sendable {
    /// Accounts at once.
    package private(set) var count: Int
    /// From here on it grows by one a round.
    package private(set) var threshold: Int
    /// Successes of this round.
    package private(set) var credit = 0

    /// As much as a server takes that has not complained.
    package init(_ most: Int) { (count, threshold) = (max(1, most), max(1, most)) }

    /// One that was written down; a figure that cannot be counts as the next that can.
    package init(count: Int, threshold: Int, credit: Int) {
        self.count = max(1, count)
        self.threshold = max(1, threshold)
        self.credit = max(0, min(credit, self.count))
    }

    /// The server took a login that began after its last complaint.
    ///
    /// - Parameter most: What it takes at the most.
    package mutating func succeed(most: Int) {
        guard count < most else { return count = max(1, most) }
        guard count >= threshold else { return count += 1 }
        credit += 1
        guard credit >= count else { return }
        (count, credit) = (count + 1, 0)
    }

    /// The server said that it is too much.
    ///
    /// - Parameter underWay: Accounts that were being checked there.
    package mutating func complain(underWay: Int) {
        threshold = max(1, min(count, max(2, underWay)) / 2)
        (count, credit) = (1, 0)
    }
}
