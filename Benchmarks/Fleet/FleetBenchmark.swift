import Foundation
import MailBatch
import MailModel

/// How fast a fleet is, without a network and without waiting: the scheduler of `batch` with a virtual clock, scripted providers and
/// workers that have so many places and so much processor. Prints accounts a second and hours for a million accounts against the
/// number of workers, and what holds the fleet up.
///
/// Usage, from the top folder: `swift run -c release FleetBenchmark [ACCOUNTS]`.
@main
struct FleetBenchmark {
    static func main() {
        let accounts = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 50_000
        for mix in Mix.all {
            print("\(mix.name): \(mix.about)")
            print("  workers  accounts/s  hours for 1,000,000  complaints  not tried  held up by")
            for workers in [1, 2, 3, 5, 10, 20, 50, 100] {
                var fleet = Fleet(workers: workers, mix: mix, accounts: accounts)
                let result = fleet.run()
                let rate = Double(accounts) / result.seconds
                let cells = [
                    "\(workers)".padded(9), String(format: "%.1f", rate).padded(12),
                    String(format: "%.1f", 1_000_000 / rate / 3_600).padded(21), "\(result.complaints)".padded(12),
                    "\(result.left)".padded(11),
                ]
                print(cells.joined() + "  " + result.holder)
            }
            print("")
        }
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// Whose mailboxes they are.
struct Mix: Sendable {
    /// A kind of server, and how many of it there are.
    struct Kind: Sendable {
        var name: String
        /// Its part of all accounts.
        var share: Double
        /// Servers over which its accounts are spread.
        var servers: Int
        /// Seconds from the connection to the last answer; half of them take up to twice as long.
        var seconds: Double
        var manners = Manners.careful
        /// Connections beyond which it says that it is too much; nil for never.
        var mostConnections: Int?
    }

    var name: String
    var about: String
    var kinds: [Kind]

    /// Times are round trips of 100 ms: about ten a side, and what a large provider takes to check a password.
    static let all = [
        Mix(
            name: "agency", about: "two large providers, ten hosters, one account in eight at a host of its own",
            kinds: [
                Kind(name: "large A", share: 0.45, servers: 1, seconds: 1.6),
                Kind(name: "large B", share: 0.30, servers: 1, seconds: 2.0),
                Kind(name: "hoster", share: 0.12, servers: 10, seconds: 1.2),
                Kind(name: "own host", share: 0.13, servers: 20_000, seconds: 1.2),
            ]),
        Mix(
            name: "agency, large providers at 400 at once",
            about: "the same, had the large providers said that they take ten times as much",
            kinds: [
                Kind(
                    name: "large A", share: 0.45, servers: 1, seconds: 1.6,
                    manners: Manners(connections: 400, pause: .seconds(15))),
                Kind(
                    name: "large B", share: 0.30, servers: 1, seconds: 2.0,
                    manners: Manners(connections: 400, pause: .seconds(15))),
                Kind(name: "hoster", share: 0.12, servers: 10, seconds: 1.2),
                Kind(name: "own host", share: 0.13, servers: 20_000, seconds: 1.2),
            ]),
        Mix(
            name: "spread", about: "forty hosters and many own hosts, one hoster that takes no more than 15 at once",
            kinds: [
                Kind(name: "hoster", share: 0.60, servers: 40, seconds: 1.2),
                Kind(name: "strict hoster", share: 0.02, servers: 1, seconds: 1.2, mostConnections: 15),
                Kind(name: "own host", share: 0.38, servers: 20_000, seconds: 1.2),
            ]),
    ]
}
