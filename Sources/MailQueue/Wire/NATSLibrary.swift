internal import CNats

/// The C client, loaded when it is first needed.
///
/// The table is filled once and only read afterwards; the functions behind it may be called on any thread (nats.h).
final class NATSLibrary: @unchecked Sendable {
    let call: mc_nats

    private init(_ call: mc_nats) { self.call = call }

    private static let loaded: Result<NATSLibrary, QueueError> = {
        var table = mc_nats()
        switch mc_nats_load(&table) {
        case 0: break
        case 1:
            return .failure(
                QueueError(
                    .noClient,
                    "the queue needs the C client of NATS, which is not on this machine: install the package libnats3.4"
                ))
        default:
            return .failure(
                QueueError(
                    .noClient, "the C client of NATS on this machine is too old: install the package libnats3.4"))
        }
        // A negative count leaves the choice of its locks to the library.
        guard let open = table.nats_Open, open(-1) == NATS_OK else {
            return .failure(QueueError(.noClient, "the C client of NATS cannot be started"))
        }
        return .success(NATSLibrary(table))
    }()

    /// The library.
    ///
    /// - Throws: `QueueError` with what to install.
    static func shared() throws(QueueError) -> NATSLibrary { try loaded.get() }

    /// What a status means, with the last words of this thread's failure.
    func words(_ status: natsStatus) -> String {
        var last = NATS_OK
        let text = call.nats_GetLastError?(&last).map { String(cString: $0) } ?? ""
        let meaning = call.natsStatus_GetText?(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
        return text.isEmpty || last != status ? meaning : "\(meaning): \(text)"
    }
}
