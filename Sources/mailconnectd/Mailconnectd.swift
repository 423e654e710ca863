import ArgumentParser
import CommandSupport
import FoundationEssentials
import Glibc
import Logging
import MailNetwork
import MailService

/// `mailconnectd`: options and environment in, a service until it is told to end.
@main
struct Mailconnectd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailconnectd",
        abstract: "Serves what mailconnect can do over HTTP, with a page for people.",
        discussion: """
            It listens on loopback. Elsewhere it wants a token (--token-file), and TLS or a proxy in front that has it.

            Environment, as for mailconnect: COLDSEND_API_KEY, COLDSEND_API_URL, MAILCONNECT_RESOLVER, SSL_CERT_FILE, \
            MAILCONNECT_PROVIDERS, MAILCONNECT_QUEUE_PASSWORD.

            Exit statuses: 0 ended as it was told to, 2 the queue cannot be used, 64 wrong usage, 65 bad input data, \
            66 no such input file, 70 a mistake of ours.
            """,
        version: ToolVersion.current)

    @OptionGroup var options: ServiceOptions

    static func main() async {
        StandardDescriptors.fill()
        ProcessPrivacy.protect()
        signal(SIGPIPE, SIG_IGN)
        DescriptorLimit.raise()
        do {
            var command = try parse()
            try await command.run()
        } catch let failure as CommandFailure {
            StandardError.write("mailconnectd: \(failure.description)\n")
            Glibc.exit(failure.status.rawValue)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error) + "\n")
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }

    mutating func run() async throws {
        var logger = Logger(label: "mailconnectd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = options.logLevel.level
        let service = try await ServiceMaking(options: options, logger: logger).service()
        let options = options
        do {
            try await service.run { port in
                let host = options.listen.hostInURL
                let scheme = options.tlsCertificate == nil ? "http" : "https"
                var line = Array("Listening on \(scheme)://\(host):\(port)\n".utf8)
                // Whoever has closed standard output does not want to know.
                _ = Glibc.write(STDOUT_FILENO, &line, line.count)
            }
        } catch {
            throw CommandFailure(.usage, "it cannot listen at \(options.listen): \(error)")
        }
    }
}
