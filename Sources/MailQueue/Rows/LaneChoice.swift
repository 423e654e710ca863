internal import MailBatch
internal import MailConnect
internal import MailModel
internal import MailNetwork

/// Which lane a row goes into: its provider's; that of its servers, once many rows are there; else the one for all others.
///
/// A lane is a consumer of the queue, whose limit keeps rows in the queue that no worker could begin with. So what waits for one
/// provider stands in nobody's way. Exact counting is done at each server (`ServerPace`).
struct LaneChoice {
    /// From so many rows on servers get a lane of their own.
    static let many = 20
    /// More lanes than these are not made for servers.
    static let mostServers = 500
    /// Rows that may wait for their registration beside those that are checked: what one request takes.
    static let registering = 100
    /// Rows under way in the lane for all others.
    static let mostOthers = 5_000

    private var counts: [[ServerKey]: Int] = [:]
    private var lanes: [[ServerKey]: Lane] = [:]

    /// The lane of a row.
    ///
    /// - Parameters:
    ///   - job: The row.
    ///   - manners: What its servers take.
    /// - Returns: The lane.
    mutating func lane(of job: RowJob, _ manners: [Manners]) -> Lane {
        let most = min(manners.map(\.connections).min() ?? Self.mostOthers, Self.mostOthers) + Self.registering
        if let id = job.detection?.detection.profile?.id, job.account.smtpEndpoint == nil,
            job.account.imapEndpoint == nil
        {
            return Lane(name: "p-\(Self.token(id))", most: most)
        }
        if let lane = lanes[job.keys] { return lane }
        if counts.count > 100_000 { counts = [:] }
        counts[job.keys, default: 0] += 1
        guard !job.keys.isEmpty, (counts[job.keys] ?? 0) > Self.many, lanes.count < Self.mostServers else {
            return Lane(name: "others", most: Self.mostOthers)
        }
        counts[job.keys] = nil
        let words = job.keys.map { "\($0.service.rawValue) \($0.host)" }.joined(separator: " ")
        let hash = QueueText.hexadecimal(SHA256Digest.of(Array(words.utf8)).prefix(8))
        let lane = Lane(name: "s-\(hash)", most: most)
        lanes[job.keys] = lane
        return lane
    }

    /// What may stand in a subject.
    private static func token(_ id: String) -> String {
        String(
            decoding: id.utf8.map { octet in
                let isPlain = (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet) || octet == 0x2D
                return isPlain ? octet : 0x5F
            }, as: UTF8.self)
    }
}
