import Foundation
import MailModel
import Synchronization
import Testing

@testable import MailNetwork

/// The end of a client while requests are on their way.
@Suite(.timeLimit(.minutes(2))) struct HTTPWorkerTests {
    /// How many exchanges were posted.
    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    private let counter = Counter()
    private let count = CurlHTTPClient.maximumTransfers + 2

    @Test("When the worker stops, every exchange ends") func stop() async throws {
        let listener = try #require(LoopbackPort.bind(SOCK_STREAM))
        defer { close(listener) }
        #expect(listen(listener, 256) == 0)
        let url = try HTTPURL("https://silent.test:\(LoopbackPort.number(of: listener))/")
        let wakeUp = try #require(WakeUp())
        let commands = CommandQueue<CurlMessage>(wakeUp: wakeUp)
        let settings = CurlSettings(caFile: nil, userAgent: "lab", connectTimeout: .seconds(600))
        let thread = OwnedThread(name: "curl-test") { CurlWorker(settings: settings, commands: commands)?.run() }
        let kinds = await withTaskGroup(of: HTTPFailure.Kind?.self) { group in
            for id in 0..<count { group.addTask { await kind(of: exchange(id, url, commands)) } }
            while counter.value.load(ordering: .relaxed) < count, !Task.isCancelled { await Task.yield() }
            commands.post(.stop)
            return await group.reduce(into: []) { $0.append($1) }
        }
        thread.join()
        #expect(kinds == [HTTPFailure.Kind?](repeating: .cancelled, count: count))
        #expect(!commands.post(.stop))
    }

    private func exchange(
        _ id: Int, _ url: HTTPURL, _ commands: CommandQueue<CurlMessage>
    ) async -> Result<HTTPResponse, HTTPFailure> {
        await withCheckedContinuation { continuation in
            let exchange = CurlExchange(
                id: UInt64(id), request: HTTPRequest(method: "GET", url: ""), url: url,
                addresses: [IPAddress("127.0.0.1")].compactMap { $0 },
                deadline: RunClock(timeout: .seconds(600)).deadline, continuation: continuation)
            commands.post(.start(exchange))
            counter.value.add(1, ordering: .relaxed)
        }
    }

    private func kind(of result: Result<HTTPResponse, HTTPFailure>) -> HTTPFailure.Kind? {
        if case .failure(let failure) = result { failure.kind } else { nil }
    }
}
