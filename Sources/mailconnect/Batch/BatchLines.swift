import MailBatch
import MailNetwork
import Synchronization

/// Writes each answer on a line of its own, as it comes, and shows how far the batch is.
final class BatchLines: BatchSink {
    private let console: Console?
    private let file: OutputFile.OutputStream?
    private let display: BatchDisplay
    private let isRead = Mutex(true)

    /// - Parameters:
    ///   - console: Standard output, where the lines go there; nil where they do not.
    ///   - file: The file for the lines; nil for none.
    ///   - display: Shows how far it is.
    init(console: Console?, file: OutputFile.OutputStream?, display: BatchDisplay) {
        self.console = console
        self.file = file
        self.display = display
    }

    func take(_ answer: RowAnswer) async throws {
        guard console != nil || file != nil else { return }
        // A slow reader holds up the batch, and no other work of the process.
        try await HeavyWork.run { Result { try self.write(answer.report) } }.get()
    }

    func progress(_ progress: BatchProgress) {
        Interruption.shared.follow(registering: progress.registering)
        display.show(progress)
    }

    /// The last line.
    func write(_ line: String) throws {
        let text = line.hasSuffix("\n") ? line : line + "\n"
        try file?.write(text)
        guard let console, isRead.withLock({ $0 }) else { return }
        let goesOn = try console.print(text)
        if !goesOn { isRead.withLock { $0 = false } }
    }
}
