import Foundation
import MailLoopback
import Testing

/// Where a report is written to, and what happens to what stands there.
@Suite("A report replaces plain files only, and keeps what they were")
struct OutputFileTests {
    private static let detect = ["detect", "jane@gmail.com", "--offline", "--quiet", "--html"]

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private func isPage(_ path: String) -> Bool {
        (try? String(contentsOfFile: path, encoding: .utf8))?.hasPrefix("<!doctype html>") == true
    }

    @Test func aFileKeepsItsMode() async throws {
        try await withFolder { folder throws in
            let file = folder + "/report.html"
            try Data("old".utf8).write(to: URL(filePath: file))
            chmod(file, 0o640)
            #expect(try await ToolProcess(Self.detect + [file]).status == 0)
            #expect(isPage(file))
            #expect(status(file).map { $0.st_mode & 0o7777 } == 0o640)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.html"])
        }
    }

    @Test func aPipeIsWrittenIntoAndStays() async throws {
        try await withFolder { folder throws in
            let pipe = folder + "/pipe"
            #expect(mkfifo(pipe, 0o600) == 0)
            let refused = try await ToolProcess(Self.detect + [pipe])
            #expect(refused.status == 64 && refused.error.contains("nobody reads there"))
            let reader = open(pipe, O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            #expect(try await ToolProcess(Self.detect + [pipe]).status == 0)
            var octets = [UInt8](repeating: 0, count: 15)
            #expect(read(reader, &octets, 15) == 15 && octets == Array("<!doctype html>".utf8))
            #expect(status(pipe).map { $0.st_mode & S_IFMT } == S_IFIFO)
        }
    }

    @Test func aDeviceStays() async throws {
        try await withFolder { folder throws in
            // A null device of the test's own, which only root can make; else the system's, which is not ours to replace.
            let own = folder + "/null"
            let path = mknod(own, S_IFCHR | 0o666, 0x103) == 0 ? own : "/dev/null"
            #expect(try await ToolProcess(Self.detect + [path]).status == 0)
            #expect(status(path).map { $0.st_mode & S_IFMT } == S_IFCHR)
        }
    }

    @Test func aLinkLeadsWhereItLed() async throws {
        try await withFolder { folder throws in
            let (file, link, nowhere) = (folder + "/file", folder + "/link", folder + "/nowhere")
            try Data(String(repeating: "old", count: 10_000).utf8).write(to: URL(filePath: file))
            chmod(file, 0o600)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
            try FileManager.default.createSymbolicLink(atPath: nowhere, withDestinationPath: "absent")
            #expect(try await ToolProcess(Self.detect + [link]).status == 0)
            #expect(status(link).map { $0.st_mode & S_IFMT } == S_IFLNK)
            #expect(isPage(file))
            #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("oldold"))
            #expect(status(file).map { $0.st_mode & 0o7777 } == 0o600)
            #expect(try await ToolProcess(Self.detect + [nowhere]).status == 64)
            #expect(status(folder + "/absent") == nil)
        }
    }

    @Test func oneOfTwoNamesKeepsTheOther() async throws {
        try await withFolder { folder throws in
            let (one, other) = (folder + "/one", folder + "/other")
            try Data("old".utf8).write(to: URL(filePath: one))
            #expect(link(one, other) == 0)
            #expect(try await ToolProcess(Self.detect + [one]).status == 0)
            #expect(isPage(other) && status(one)?.st_ino == status(other)?.st_ino)
        }
    }

    @Test func whatCannotBeWrittenIsToldBeforeTheRun() async throws {
        try await withFolder { folder throws in
            let socket = folder + "/socket"
            let file = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(file) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix($0.count - 1)) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(bound == 0)
            for path in [socket, folder, folder + "/", folder + "/absent/file", ""] {
                let result = try await ToolProcess(["detect", "jane@gmail.com", "--offline", "--json", "--html", path])
                #expect(result.status == 64, "\(path)")
                #expect(result.output.contains("\"output_not_writable\"") && !result.output.contains("evidence"))
            }
            #expect(status(socket).map { $0.st_mode & S_IFMT } == S_IFSOCK)
        }
    }
}

/// Standard output that takes nothing, or nothing more.
@Suite("What happened is told, also when the report cannot be")
struct BrokenOutputTests {
    /// Runs the tool by a shell that redirects.
    private func run(
        _ arguments: [String], _ redirection: String, environment: [String: String] = [:]
    ) async throws -> ToolProcess {
        try await ToolProcess(
            program: "/bin/sh", ["-c", "exec \"$0\" \"$@\" \(redirection)", ToolProcess.path] + arguments,
            environment: environment)
    }

    @Test(arguments: [">/dev/full", ">&-", "2>&- >&-"]) func aRun(_ redirection: String) async throws {
        let result = try await run(["detect", "jane@gmail.com", "--offline"], redirection)
        #expect(result.status == 74)
        if !redirection.contains("2>") { #expect(result.error.contains("standard output could not be written")) }
    }

    @Test func aReaderThatHasEnoughIsNoFailure() async throws {
        let line = "\"$0\" \"$@\" | true; echo ${PIPESTATUS[0]}"
        for arguments in [
            ["detect", "jane@gmail.com", "--offline"], ["providers", "list"], ["explain", "535 5.7.8"],
        ] {
            let result = try await ToolProcess(program: "/bin/bash", ["-c", line, ToolProcess.path] + arguments)
            #expect(result.output == "0\n" && result.error.isEmpty)
        }
    }

    @Test(arguments: [">/dev/full", ">&-", "| true"]) func aRegistration(_ redirection: String) async throws {
        try await AddScene.with { scene throws in
            let line = "\"$0\" \"$@\" \(redirection); exit ${PIPESTATUS[0]}"
            let result = try await ToolProcess(
                program: "/bin/bash", ["-c", line, ToolProcess.path] + scene.arguments(),
                environment: scene.environment)
            #expect(scene.api.stored.count == 1)
            #expect(result.status == 0)
            #expect(result.error.contains("the account is registered (inbox id "))
        }
    }

    @Test func anUnknownEndKeepsItsStatus() async throws {
        try await AddScene.with(AddScene.Setup(faults: [.serverError])) { scene throws in
            let result = try await run(scene.arguments(), ">/dev/full", environment: scene.environment)
            #expect(result.status == 4 && result.error.contains("whether the account is registered is unknown"))
        }
    }
}
