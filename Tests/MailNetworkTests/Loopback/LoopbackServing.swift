import MailLoopback

/// Starts a peer for one test and stops it afterwards, whatever happens.
func serving<Value>(
    _ peer: some LoopbackPeer, _ body: (_ port: Int) async throws -> Value
) async throws -> Value {
    let port = try await peer.start()
    do {
        let value = try await body(port)
        await peer.stop()
        return value
    } catch {
        await peer.stop()
        throw error
    }
}
