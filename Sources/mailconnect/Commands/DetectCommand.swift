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
            var request =
                subject.contains("@")
                ? DoctorRequest(address: try Subject.address(subject))
                : DoctorRequest(domain: try Subject.domain(subject))
            common.shape(&request)
            let output = ReportOutput(common)
            try output.prepare()
            let toolbox = try Toolbox(common, asking: request.domain)
            let doctor = Doctor(catalog: toolbox.catalog, network: toolbox.network, progress: output.follow)
            output.begin("Looking up \(request.domain) ...")
            let diagnosis = try await DoctorRun.guarded { try await doctor.detect(request) }
            try output.write(toolbox.report(diagnosis, as: .detect))
            return diagnosis.settings == nil ? ExitStatus(diagnosis.verdict) : .ready
        }
    }
}
