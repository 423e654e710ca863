internal import MailBatch
internal import MailModel
internal import Synchronization

/// The rows of a body, which is kept in memory only and overwritten as it is read.
final class BatchRows: BatchSource {
    private struct State {
        var octets: [UInt8]
        var place = 0
        var reader: RowReader
        var kept: [InputItem] = []
        var isOver = false
    }

    private let state: Mutex<State>

    /// Octets that are read at once.
    private static let part = 65_536

    /// Reads the begin, so that what is wrong with the file as a whole is known before anything is done.
    ///
    /// - Parameters:
    ///   - octets: The body.
    ///   - needsNames: Whether each row needs the name that recipients see.
    /// - Throws: `Problem`.
    init(_ octets: consuming [UInt8], needsNames: Bool) throws(Problem) {
        var options = RowReader.Options()
        options.needsName = needsNames
        var state = State(octets: octets, reader: RowReader(options))
        do throws(InputProblem) {
            while state.reader.columns == nil, !state.isOver {
                state.kept += try Self.read(&state) ?? []
                if !state.kept.isEmpty { break }
            }
        } catch {
            throw Problem(.badFile, error.description, field: error.field)
        }
        self.state = Mutex(state)
    }

    deinit { state.withLock { Secret.wipe(&$0.octets) } }

    func next() async throws -> [InputItem]? {
        try state.withLock { state in
            if !state.kept.isEmpty {
                defer { state.kept = [] }
                return state.kept
            }
            return try Self.read(&state)
        }
    }

    private static func read(_ state: inout State) throws(InputProblem) -> [InputItem]? {
        guard !state.isOver else { return nil }
        let end = min(state.octets.count, state.place + part)
        guard state.place < end else {
            state.isOver = true
            return try state.reader.finish()
        }
        defer {
            // Passwords stood there.
            for place in state.place..<end { state.octets[place] = 0 }
            state.place = end
        }
        return try state.reader.feed(Array(state.octets[state.place..<end]))
    }
}
