import ArgumentParser
import MailConnect
import MailModel
import MailReport

struct DetectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Infer provider, servers, TLS and user names, and show the evidence. Needs no password.")

    @Argument(help: "A mail address, or a domain.") var subject: String
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Console.run {
            var account =
                subject.contains("@")
                ? Account(address: try Subject.address(subject)) : Account(domain: try Subject.domain(subject))
            common.shape(&account)
            let output = try ReportOutput(common.report)
            let environment = try CommandEnvironment(common, asking: account.domain)
            output.begin("Looking up \(account.domain)")
            let detection = try await output.result(of: environment.engine.detect(account, since: environment.began))
            var diagnosis = environment.engine.diagnosis(of: detection, for: account)
            diagnosis.duration = .now - environment.began
            return output.end(
                environment.report(diagnosis, as: .detect),
                with: diagnosis.settings == nil ? ExitStatus(diagnosis.verdict) : .ready)
        }
    }
}
