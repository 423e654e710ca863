import Foundation
import Testing

/// Nothing is waited for beyond `--timeout`, and an interruption leaves nothing behind.
@Suite("What waits has an end", .serialized)
struct WaitingTests {
    private func withPipe(_ body: (String) async throws -> Void) async throws {
        let pipe = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)").path
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        try await body(pipe)
    }

    /// A pipe that nobody writes to, as each of the files that an option can name.
    @Test(arguments: [
        ["doctor", "jane@gmail.com", "--offline", "--password-file"],
        ["doctor", "jane@gmail.com", "--offline", "--imap-password-file"],
        ["doctor", "jane@gmail.com", "--offline", "--oauth-token-file"],
        ["doctor", "jane@gmail.com", "--offline", "--ca-file"],
        ["add", "jane@gmail.com", "--display-name", "Jane", "--api-key-file"],
        ["diagnose"],
    ]) func aPipeWithoutAWriter(_ arguments: [String]) async throws {
        try await withPipe { pipe throws in
            let result = try await ToolProcess(arguments + [pipe, "--timeout", "0.3"])
            #expect(result.status == 65)
            #expect(result.error.contains("nothing more came within 1 seconds"))
        }
    }

    /// Standard input that stays open and silent.
    @Test(arguments: [
        ["doctor", "jane@gmail.com", "--offline", "--password-file", "-"], ["diagnose", "-"], ["explain", "-"],
        ["explain"],
    ]) func silentInput(_ arguments: [String]) async throws {
        try await withPipe { pipe throws in
            // The shell holds the other end of the pipe open and writes nothing.
            let line = "exec 3<>\"$1\"; shift; exec \"$0\" \"$@\" --timeout 0.3 <&3"
            let result = try await ToolProcess(program: "/bin/sh", ["-c", line, ToolProcess.path, pipe] + arguments)
            #expect(result.status == 65)
            #expect(result.error.contains("standard input: nothing more came"))
        }
    }

    @Test func trustedCertificatesMayComeThroughAPipe() async throws {
        let line = "cat \"$1\" | { shift; exec \"$0\" \"$@\" --ca-file /dev/stdin; }"
        try await AddScene.with { scene throws in
            let file = scene.folder.appending(path: "ca.pem").path
            var arguments = scene.arguments(["--dry-run", "--json"])
            let place = try #require(arguments.firstIndex(of: "--ca-file"))
            arguments.removeSubrange(place...(place + 1))
            let result = try await ToolProcess(
                program: "/bin/sh", ["-c", line, ToolProcess.path, file] + arguments, environment: scene.environment)
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.contains("\"dry_run\"") || result.output.contains("dry run"))
        }
    }

    /// Everything that the password command started is gone when its time is over.
    @Test func thePasswordCommandEndsWithItsChildren() async throws {
        try await withPipe { pipe throws in
            let notes = pipe + ".pids"
            defer { unlink(notes) }
            let command = "sleep 600 & echo $! >\(notes); echo $$ >>\(notes); sleep 600"
            let result = try await ToolProcess([
                "doctor", "jane@gmail.com", "--offline", "--timeout", "1", "--password-command", command,
            ])
            #expect(result.status == 65 && result.error.contains("did not end in time"))
            let processes = try String(contentsOfFile: notes, encoding: .utf8).split(separator: "\n").compactMap {
                Int32($0)
            }
            #expect(processes.count == 2)
            for process in processes { #expect(!isRunning(process)) }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func anInterruptionEndsThePasswordCommand(_ signal: Int32) async throws {
        try await withPipe { pipe throws in
            let tool = KillableTool(signal: signal)
            // The first line on standard error says that it runs; its children hold nothing that the test waits for.
            let command =
                "sleep 600 >/dev/null 2>&1 & echo $! >\(pipe).pid; echo running >&2; sleep 600 >/dev/null 2>&1"
            defer { unlink(pipe + ".pid") }
            try await tool.run(
                ["doctor", "jane@gmail.com", "--offline", "--password-command", command], environment: [:],
                kill: .init(line: 1))
            #expect(tool.status == 130)
            let text = try String(contentsOfFile: pipe + ".pid", encoding: .utf8)
            let process = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(!isRunning(process))
        }
    }

    /// No core is written, whatever the limit was before.
    @Test func noCoreIsWritten() async throws {
        try await withPipe { pipe throws in
            let line =
                "ulimit -c unlimited 2>/dev/null; \"$0\" \"$@\" & sleep 0; "
                + "read x <\"$PIPE\"; grep 'core file' /proc/$x/limits; kill $x; wait"
            let result = try await ToolProcess(
                program: "/bin/sh",
                [
                    "-c", line, ToolProcess.path, "doctor", "jane@gmail.com", "--offline", "--password-command",
                    "echo $PPID >\"$PIPE\"; sleep 600",
                ], environment: ["PIPE": pipe])
            let numbers = result.output.split(separator: " ").dropFirst(4).prefix(2)
            #expect(Array(numbers) == ["0", "0"], "\(result.output)")
        }
    }

    /// A zombie waits for its parent only.
    private func isRunning(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return status.split(separator: ")").last?.hasPrefix(" Z") == false
    }
}
