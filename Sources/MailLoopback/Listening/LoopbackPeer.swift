/// A server of ours on loopback that plays somebody else's.
public protocol LoopbackPeer: Sendable {
    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: A loopback address: anything in 127/8, or `::1`.
    ///   - port: The port, 0 to have the kernel choose one.
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    func start(address: String, port: Int) async throws(LoopbackError) -> Int

    /// Closes every connection and stops listening. It may be called twice.
    func stop() async
}

extension LoopbackPeer {
    /// Begins to listen on 127.0.0.1, on a port that the kernel chooses.
    ///
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    public func start() async throws(LoopbackError) -> Int { try await start(address: "127.0.0.1", port: 0) }
}
