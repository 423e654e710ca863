internal import Foundation
internal import Subprocess

/// The process that keeps the lab's namespaces alive, and ends with the test process.
///
/// It reads standard input from a pipe whose other end only the test process has. However the test process ends, the
/// kernel closes that end, `keeper.sh` sees the end of its input, and everything in the lab goes with it. (A signal at
/// the parent's death, PDEATHSIG, would come too early: it is sent when the thread ends that started the process.)
struct LabKeeper: Sendable {
    /// The lab's first process.
    let process: Int32

    private let running: Task<Void, any Error>

    /// Starts it and waits until the namespaces exist.
    ///
    /// - Parameter folder: The lab's folder, which the keeper removes at the end.
    /// - Throws: `LabError.failed` if the namespaces cannot be made.
    init(folder: LabFolder) async throws {
        let (lines, feed) = AsyncThrowingStream<String, any Error>.makeStream()
        running = Task {
            defer { feed.finish() }
            try await Self.keep(folder) { feed.yield($0) }
        }
        var first: String?
        for try await line in lines {
            first = line
            break
        }
        guard let first, let process = Int32(first.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw LabError.failed(program: "keeper.sh", status: 1, output: first ?? "no namespaces")
        }
        self.process = process
    }

    /// What to put before a command so that it runs among the servers.
    var entrance: [String] { ["--target", "\(process)", "--net", "--mount", "--pid", "--root", "--"] }

    private static func keep(_ folder: LabFolder, said: @Sendable (String) -> Void) async throws {
        var options = PlatformOptions()
        // An interrupt from the keyboard is for the test process; the keeper has to outlive it and clean up.
        options.createSession = true
        _ = try await Subprocess.run(
            .name("bash"), arguments: ["\(LabFolder.fixtures)/keeper.sh", folder.path],
            environment: LabProgram(name: "bash").fullEnvironment, platformOptions: options, input: .inputWriter,
            output: .sequence, error: .combinedWithOutput
        ) { keeper in
            for try await line in keeper.standardOutput.strings() { said(line) }
        }
    }
}
